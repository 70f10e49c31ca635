package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VectorSearchTest extends SearchFixture {
  private static final String QUERY = "{'index': 'vi', 'path': 'v', 'queryVector': [1, 0], ";

  @BeforeEach
  void openIndexes() {
    open(50_000);
  }

  private void threeDirections() {
    put("{'_id': 'east', 'v': [2, 0]}");
    put("{'_id': 'north', 'v': [0, 1]}");
    put("{'_id': 'west', 'v': [-1, 0]}");
  }

  @Test
  void cosine_scoresHalfOfOnePlusCosine() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    threeDirections();
    List<Hit> hits = nearest(QUERY + "'limit': 3, 'numCandidates': 10}");
    assertEquals(List.of("east", "north", "west"), ids(hits));
    assertEquals(1.0f, hits.get(0).score(), 1e-6);
    assertEquals(0.5f, hits.get(1).score(), 1e-6);
    assertEquals(0.0f, hits.get(2).score(), 1e-6);
  }

  @Test
  void dotProduct_scoresHalfOfOnePlusDot() {
    create("vi", "vectorSearch", vectors(2, "dotProduct"));
    put("{'_id': 'a', 'v': [0.6, 0.8]}");
    assertEquals(0.8f, nearest(QUERY + "'limit': 1, 'exact': true}").get(0).score(), 1e-6);
  }

  @Test
  void euclidean_scoresAsLucene() {
    create("vi", "vectorSearch", vectors(2, "euclidean"));
    put("{'_id': 'a', 'v': [0, 1]}");
    put("{'_id': 'b', 'v': [1, 0]}");
    List<Hit> hits = nearest(QUERY + "'limit': 2, 'exact': true}");
    assertEquals(List.of("b", "a"), ids(hits));
    assertEquals(1f / 3, hits.get(1).score(), 1e-6);
  }

  @Test
  void queryVector_mayBeBinary() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    put(row("a", new float[] {1, 1}).append("v", binary(new float[] {1, 1})));
    List<Hit> hits = indexes.vectorSearch(NS, stage(new float[] {1, 1}, 1, 10));
    assertEquals(1.0f, hits.get(0).score(), 1e-6);
  }

  @Test
  void ties_areOrderedById() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    for (String id : List.of("d", "a", "c", "b")) {
      put("{'_id': '" + id + "', 'v': [1, 0]}");
    }
    assertEquals(List.of("a", "b"), ids(nearest(QUERY + "'limit': 2, 'exact': true}")));
  }

  @Test
  void document_isReplacedAndDeleted() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    threeDirections();
    put("{'_id': 'east', 'v': [0, -1]}");
    delete(new BsonString("west"));
    List<Hit> hits = nearest(QUERY + "'limit': 5, 'exact': true}");
    assertEquals(List.of("east", "north"), ids(hits));
    assertEquals(0.5f, hits.get(0).score(), 1e-6);
  }

  @Test
  void vector_ofAnotherShapeIsNotIndexed() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    put("{'_id': 1, 'v': [1, 0, 0]}");
    put("{'_id': 2, 'v': 'text'}");
    put("{'_id': 3, 'v': [1, 'x']}");
    put("{'_id': 4, 'v': [0, 0]}");
    put("{'_id': 5}");
    put("{'_id': 6, 'v': [1, null]}");
    assertEquals(List.of(), nearest(QUERY + "'limit': 5, 'exact': true}"));
  }

  @Test
  void path_mayLeadIntoDocuments() {
    create(
        "vi",
        "vectorSearch",
        "{'fields': [{'type': 'vector', 'path': 'vectors.small', 'numDimensions': 2,"
            + " 'similarity': 'cosine'}]}");
    put("{'_id': 'a', 'vectors': {'small': [1, 0]}}");
    String stage = QUERY.replace("'path': 'v'", "'path': 'vectors.small'");
    assertEquals(List.of("a"), ids(nearest(stage + "'limit': 5, 'exact': true}")));
  }

  @Test
  void missingIndex_findsNothing() {
    assertEquals(List.of(), nearest(QUERY + "'limit': 5, 'exact': true}"));
  }

  @Test
  void int8Query_findsNothing() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    threeDirections();
    var stage = stage(new float[] {1, 0}, 1, 10);
    stage.put(
        "queryVector",
        new org.bson.BsonBinary(org.bson.BinaryVector.int8Vector(new byte[] {1, 0})));
    assertEquals(List.of(), indexes.vectorSearch(NS, stage));
  }

  @Test
  void filter_ofOneTenantReturnsAllItAsksForAmongAThousandForeignRows() {
    create("vi", "vectorSearch", vectors(8, "cosine", "tenant"));
    Random random = new Random(1);
    float[] query = random(random, 8);
    for (int i = 0; i < 1000; i++) {
      // Foreign rows are all nearer than the tenant's own.
      put(row(i, query).append("tenant", new BsonString("t" + i % 50)));
    }
    for (int i = 1000; i < 1010; i++) {
      put(row(i, random(random, 8)).append("tenant", new BsonString("mine")));
    }
    var stage = stage(query, 10, 10);
    stage.append("filter", json("{'tenant': 'mine'}"));
    Set<String> found = new HashSet<>(ids(indexes.vectorSearch(NS, stage)));
    assertEquals(10, found.size());
    assertTrue(found.stream().allMatch(id -> Integer.parseInt(id) >= 1000));
  }

  @Test
  void stage_refusesWhatAtlasRefuses() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    refused("'numCandidates': 10}", "\"limit\" is required");
    refused(
        "'limit': 0, 'numCandidates': 10}", "\"limit\" must be between 1 and 2147483647 but is 0");
    refused("'limit': 1.5, 'numCandidates': 10}", "\"limit\" must be an integer");
    refused(
        "'limit': 11, 'numCandidates': 10}", "limit should be less than or equal to numCandidates");
    refused("'limit': 1}", "numCandidates is required for approximate vector search");
    refused(
        "'limit': 1, 'numCandidates': 10001}",
        "\"numCandidates\" must be between 1 and 10000 but is 10001");
    refused(
        "'limit': 1, 'numCandidates': 10, 'exact': true}",
        "\"numCandidates\" must be omitted when \"exact\" is set to true");
    refused(
        "'limit': 1, 'exact': true, 'query': 'x'}",
        "Exactly one and only one of query and queryVector can be present");
    refused(
        "'limit': 1, 'exact': true, 'nestedOptions': {}}", "unrecognized field \"nestedOptions\"");
    refused(
        "'limit': 1, 'exact': true, 'filter': {'tenant': 1}}",
        "Path 'tenant' needs to be indexed as filter");
  }

  private void refused(String rest, String message) {
    SearchException e = assertThrows(SearchException.class, () -> nearest(QUERY + rest));
    assertEquals(8, e.code());
    assertEquals("UnknownError", e.codeName());
    assertTrue(
        e.getMessage()
            .startsWith("PlanExecutor error during aggregation :: caused by :: " + message),
        e.getMessage());
  }

  @Test
  void query_refusesWhatDoesNotFitTheIndex() {
    create("vi", "vectorSearch", vectors(2, "cosine"));
    refusedStage(
        "{'index': 'vi', 'path': 'v', 'queryVector': [1], 'limit': 1, 'exact': true}",
        "vector field is indexed with 2 dimensions but queried with 1");
    refusedStage(
        "{'index': 'vi', 'path': 'w', 'queryVector': [1, 0], 'limit': 1, 'exact': true}",
        "w is not indexed as vector");
    refusedStage(
        "{'index': 'vi', 'path': 'v', 'queryVector': [0, 0], 'limit': 1, 'exact': true}",
        "Cosine similarity cannot be calculated against a zero vector.");
    refusedStage(
        "{'index': 'vi', 'path': 'v', 'queryVector': ['a', 0], 'limit': 1, 'exact': true}",
        "\"queryVector\" must be an array of finite numbers");
    refusedStage(
        "{'index': 'vi', 'path': 'v', 'query': 'a', 'limit': 1, 'exact': true}",
        "\"query\" needs an autoEmbed index");
  }

  private void refusedStage(String stage, String message) {
    SearchException e = assertThrows(SearchException.class, () -> nearest(stage));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void dimensions_mayBe8192() {
    create("vi", "vectorSearch", vectors(8192, "cosine"));
    float[] vector = random(new Random(3), 8192);
    put(row(1, vector));
    assertEquals(1f, indexes.vectorSearch(NS, stage(vector, 1, 1)).get(0).score(), 1e-5);
  }

  @Test
  void rows_surviveBeingWrittenManyTimes() {
    create("vi", "vectorSearch", vectors(2, "cosine", "n"));
    for (int i = 0; i < 5000; i++) {
      put(row(i % 7, new float[] {1, i % 7}).append("n", new BsonInt32(i % 7)));
    }
    List<Hit> hits = nearest(QUERY + "'limit': 20, 'exact': true, 'filter': {'n': {'$gte': 2}}}");
    assertEquals(List.of("2", "3", "4", "5", "6"), ids(hits));
  }
}
