package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupStageTest extends AtlasFixture {
  private String itself() {
    return collection.getNamespace().getCollectionName();
  }

  /** Ids that a row's value finds in a collection of arrays, scalars, nulls and gaps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "k: 'x'        | a b",
        "k: ['x', 'y'] | a b c",
        "k: 'nobody'   | ''",
        "k: 1          | d",
        "k: null       | e f",
        "other: 1      | e f",
        "k: []         | ''",
      })
  void lookup_findsEqualValues_arraysByElement(String row, String ids) {
    database.getCollection("found").drop();
    database
        .getCollection("found")
        .insertMany(
            List.of(
                json("_id: 'a', keys: ['x', 'z']"),
                json("_id: 'b', keys: 'x'"),
                json("_id: 'c', keys: ['y']"),
                json("_id: 'd', keys: 1.0"),
                json("_id: 'e', keys: null"),
                json("_id: 'f'")));
    collection.drop();
    insert(row);
    for (boolean indexed : new boolean[] {false, true}) {
      if (indexed) {
        database.getCollection("found").createIndex(Indexes.ascending("keys"));
      }
      Document made =
          collection.aggregate(List.of(Aggregates.lookup("found", "k", "keys", "rows"))).first();
      assertEquals(
          ids.replace("''", ""),
          String.join(
              " ",
              made.getList("rows", Document.class).stream()
                  .map(LookupStageTest::id)
                  .sorted()
                  .toList()));
    }
  }

  private static String id(Document row) {
    return row.getString("_id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void lookup_runsItsPipelineOverWhatIsEqual(boolean indexed) {
    collection.drop();
    if (indexed) {
      collection.createIndex(Indexes.ascending("tenant", "keys"));
    }
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(
          new Document("_id", i)
              .append("tenant", i % 3)
              .append("keys", List.of("all", "k" + i / 2)));
    }
    collection.insertMany(rows);
    List<Document> sizes =
        collection
            .aggregate(
                List.of(
                    Aggregates.limit(1),
                    Aggregates.project(
                        Projections.computed(
                            "key", new Document("$literal", List.of("all", "k0", "k1", "none")))),
                    Aggregates.unwind("$key"),
                    new Document(
                        "$lookup",
                        new Document("from", itself())
                            .append("localField", "key")
                            .append("foreignField", "keys")
                            .append(
                                "pipeline",
                                List.of(
                                    Aggregates.match(Filters.eq("tenant", 0)),
                                    Aggregates.limit(51),
                                    Aggregates.project(Projections.include("_id"))))
                            .append("as", "found")),
                    Aggregates.project(
                        Projections.fields(
                            Projections.excludeId(),
                            Projections.include("key"),
                            Projections.computed("size", new Document("$size", "$found"))))))
            .into(new ArrayList<>());
    assertEquals(
        List.of(
            json("key: 'all', size: 51"),
            json("key: 'k0', size: 1"),
            json("key: 'k1', size: 1"),
            json("key: 'none', size: 0")),
        sizes);
  }

  @Test
  void lookup_isSilentAboutMissingCollections() {
    insert("_id: 1, k: 1");
    assertEquals(
        List.of(json("_id: 1, k: 1, found: []")),
        aggregate("$lookup: {from: 'absent', localField: 'k', foreignField: 'k', as: 'found'}"));
  }

  /** A second $match, and one before an index's array, change no answer. */
  @Test
  void match_inFrontMayStandInPieces() {
    collection.createIndex(Indexes.ascending("tenant", "keys"));
    insert(
        "_id: 1, tenant: 'a', keys: ['x', 'y']",
        "_id: 2, tenant: 'b', keys: ['x']",
        "_id: 3, tenant: 'a', keys: ['z', 'x']",
        "_id: 4, tenant: 'a'");
    assertEquals(List.of(1, 3), found(Filters.eq("keys", "x"), Filters.eq("tenant", "a")));
    assertEquals(List.of(1, 3, 4), found(Filters.eq("tenant", "a")));
    assertEquals(List.of(1), found(Filters.eq("tenant", "a"), Filters.in("_id", 1, 2)));
    assertEquals(
        List.of(1, 3),
        found(Filters.and(Filters.eq("tenant", "a"), Filters.in("keys", "y", "z", "x"))));
  }

  private List<Object> found(Bson... filters) {
    List<Bson> stages = new ArrayList<>();
    for (Bson filter : filters) {
      stages.add(Aggregates.match(filter));
    }
    return collection.aggregate(stages).map(row -> row.get("_id")).into(new ArrayList<>());
  }
}
