package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.GraphLookupOptions;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphLookupStageTest extends AtlasFixture {
  /** Found _ids and their depths. */
  private static Map<Object, Object> depths(Document row) {
    Map<Object, Object> depths = new TreeMap<>();
    for (Document found : row.getList("found", Document.class)) {
      depths.put(found.get("_id"), found.get("depth"));
    }
    return depths;
  }

  private Map<Object, Object> reach(GraphLookupOptions options) {
    return depths(
        collection
            .aggregate(
                List.of(
                    Aggregates.match(Filters.eq("_id", "a")),
                    Aggregates.graphLookup(
                        collection.getNamespace().getCollectionName(),
                        "$keys",
                        "keys",
                        "keys",
                        "found",
                        options.depthField("depth"))))
            .first());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void graphLookup_expandsOverSharedKeys(boolean indexed) {
    collection.drop();
    if (indexed) {
      collection.createIndex(Indexes.ascending("keys"));
    }
    insert(
        "_id: 'a', keys: ['s1', 't1'], tenant: 1",
        "_id: 'b', keys: ['t1', 'x'], tenant: 1",
        "_id: 'c', keys: ['x', 'y'], tenant: 1",
        "_id: 'd', keys: ['y', 's1'], tenant: 2",
        "_id: 'e', keys: ['lonely'], tenant: 1",
        "_id: 'f', tenant: 1");
    assertEquals(Map.of("a", 0L, "b", 0L, "c", 1L, "d", 0L), reach(new GraphLookupOptions()));
    assertEquals(Map.of("a", 0L, "b", 0L, "d", 0L), reach(new GraphLookupOptions().maxDepth(0)));
    assertEquals(
        Map.of("a", 0L, "b", 0L, "c", 1L),
        reach(new GraphLookupOptions().restrictSearchWithMatch(Filters.eq("tenant", 1))));
  }

  @Test
  void graphLookup_followsASingleReferenceAndItsCycle() {
    insert("_id: 'a', next: 'b'", "_id: 'b', next: 'c'", "_id: 'c', next: 'a'");
    Document row =
        collection
            .aggregate(
                List.of(
                    Aggregates.match(Filters.eq("_id", "a")),
                    Aggregates.graphLookup(
                        collection.getNamespace().getCollectionName(),
                        "$next",
                        "next",
                        "_id",
                        "found",
                        new GraphLookupOptions().depthField("depth"))))
            .first();
    assertEquals(Map.of("b", 0L, "c", 1L, "a", 2L), depths(row));
    assertEquals(json("_id: 'b', next: 'c'"), collection.find(Filters.eq("_id", "b")).first());
  }

  @Test
  void graphLookup_startsAnywhereAndIsSilentAboutMissingCollections() {
    insert("_id: 1");
    List<Document> rows =
        aggregate(
            "$graphLookup: {from: 'absent', startWith: ['x'], connectFromField: 'a',"
                + " connectToField: 'b', as: 'found'}");
    assertEquals(List.of(json("_id: 1, found: []")), rows);
  }

  @Test
  void graphLookup_afterOtherStages() {
    insert("_id: 1, k: 'x'", "_id: 2, k: 'x'", "_id: 3, k: 'y'");
    List<Document> rows =
        aggregate(
            "$limit: 1",
            "$graphLookup: {from: 'graphLookup_afterOtherStages', startWith: '$k',"
                + " connectFromField: 'k', connectToField: 'k', as: 'found'}",
            "$unwind: '$found'",
            "$project: {_id: '$found._id'}");
    assertEquals(List.of(json("_id: 1"), json("_id: 2")), new ArrayList<>(rows));
  }

  @Test
  void graphLookup_refusesUnknownArguments() {
    insert("_id: 1");
    refuses(
        40104,
        "Unknown argument to $graphLookup: depth",
        () -> aggregate("$graphLookup: {from: 'c', depth: 1}"));
    refuses(40105, "$graphLookup requires", () -> aggregate("$graphLookup: {from: 'c'}"));
  }
}
