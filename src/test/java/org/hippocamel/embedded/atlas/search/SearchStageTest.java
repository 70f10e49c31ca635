package org.hippocamel.embedded.atlas.search;

import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Projections.metaSearchScore;
import static com.mongodb.client.model.search.SearchOperator.compound;
import static com.mongodb.client.model.search.SearchOperator.exists;
import static com.mongodb.client.model.search.SearchOperator.numberRange;
import static com.mongodb.client.model.search.SearchOperator.text;
import static com.mongodb.client.model.search.SearchOptions.searchOptions;
import static com.mongodb.client.model.search.SearchPath.fieldPath;
import static com.mongodb.client.model.search.SearchPath.wildcardPath;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.SearchIndexType;
import com.mongodb.client.model.search.FuzzySearchOptions;
import com.mongodb.client.model.search.SearchOperator;
import com.mongodb.client.model.search.SearchScore;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchStageTest extends DriverFixture {
  @BeforeEach
  void threeMemories() {
    index(
        "default",
        SearchIndexType.search(),
        "{mappings: {dynamic: true, fields: {tenant: {type: 'token'}}}}");
    memories.insertMany(
        List.of(
            new Document("_id", 1).append("text", "The camel rests").append("tenant", "t1"),
            new Document("_id", 2).append("text", "A camel is a camel").append("n", 5),
            new Document("_id", 3).append("text", "The horse").append("tenant", "t1")));
  }

  private List<Object> found(SearchOperator operator) {
    return ids(aggregate(Aggregates.search(operator)));
  }

  @Test
  void text_ranksByScore() {
    List<Document> hits =
        aggregate(
            Aggregates.search(text(fieldPath("text"), "camel"), searchOptions().index("default")),
            limit(5),
            project(fields(include("text"), metaSearchScore("score"))));
    assertEquals(List.of(2, 1), ids(hits));
    assertTrue(hits.get(0).getDouble("score") > hits.get(1).getDouble("score"));
  }

  @Test
  void operators_ofTheDriverAreUnderstood() {
    assertEquals(List.of(2), found(numberRange(fieldPath("n")).gteLt(5, 6)));
    assertEquals(List.of(1, 3), found(exists(fieldPath("tenant"))));
    assertEquals(List.of(3), found(text(wildcardPath("te*"), "horse")));
    assertEquals(
        List.of(3),
        found(
            text(fieldPath("text"), "hrose")
                .fuzzy(FuzzySearchOptions.fuzzySearchOptions().maxEdits(1))));
  }

  @Test
  void compound_filtersByTenant() {
    SearchOperator tenant =
        SearchOperator.of(Document.parse("{equals: {path: 'tenant', value: 't1'}}"));
    SearchOperator camel = text(fieldPath("text"), "camel");
    assertEquals(List.of(1), found(compound().must(List.of(camel)).filter(List.of(tenant))));
    assertEquals(List.of(3), found(compound().mustNot(List.of(camel)).filter(List.of(tenant))));
  }

  @Test
  void score_isConstantWhenAsked() {
    Bson stage =
        Aggregates.search(text(fieldPath("text"), "camel").score(SearchScore.constant(3f)));
    aggregate(stage, project(metaSearchScore("score")))
        .forEach(hit -> assertEquals(3, hit.getDouble("score"), 1e-6));
  }

  @Test
  void write_isSeenByTheNextSearch() {
    memories.insertOne(new Document("_id", 4).append("text", "mule"));
    assertEquals(List.of(4), found(text(fieldPath("text"), "mule")));
    memories.replaceOne(eq(4), new Document("text", "donkey"));
    assertEquals(List.of(), found(text(fieldPath("text"), "mule")));
    memories.deleteOne(eq(4));
    assertEquals(List.of(), found(text(fieldPath("text"), "donkey")));
  }

  @Test
  void manyHits_comeThroughCursors() {
    List<Document> mules = new ArrayList<>();
    for (int i = 100; i < 1300; i++) {
      mules.add(new Document("_id", i).append("text", "mule"));
    }
    memories.insertMany(mules);
    assertEquals(1200, found(text(fieldPath("text"), "mule")).size());
  }

  @Test
  void refusal_carriesTheServersCode() {
    refused(
        8,
        "Path 'text' needs to be indexed as token",
        () -> found(SearchOperator.of(Document.parse("{equals: {path: 'text', value: 'a'}}"))));
    refused(
        8,
        "\"queryString\" is not supported",
        () -> found(SearchOperator.of(Document.parse("{queryString: {query: 'a'}}"))));
  }

  @Test
  void missingIndex_findsNothing() {
    assertEquals(
        List.of(),
        aggregate(
            Aggregates.search(text(fieldPath("text"), "camel"), searchOptions().index("none"))));
  }

  @Test
  void restart_keepsTheIndex() {
    restart();
    assertEquals(List.of(2, 1), found(text(fieldPath("text"), "camel")));
  }
}
