package org.hippocamel.contract;

import static com.mongodb.client.model.Aggregates.project;
import static com.mongodb.client.model.Aggregates.vectorSearch;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Projections.metaSearchScore;
import static com.mongodb.client.model.Projections.metaVectorSearchScore;
import static com.mongodb.client.model.search.SearchPath.fieldPath;
import static com.mongodb.client.model.search.VectorSearchOptions.approximateVectorSearchOptions;
import static com.mongodb.client.model.search.VectorSearchOptions.exactVectorSearchOptions;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.SearchIndexModel;
import com.mongodb.client.model.SearchIndexType;
import com.mongodb.client.model.search.SearchOperator;
import com.mongodb.client.model.search.SearchOptions;
import com.mongodb.client.model.search.VectorSearchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Atlas and the embedded store must both do for the routes that search, through the official
 * driver. Search follows writes with a delay there, so every test waits, with a bound, for what it
 * wrote.
 */
public abstract class VectorSearchContractTest {
  /** Scores are compared this far: Atlas may have quantised, or summed in another order. */
  private static final double SCORE = 4e-3;

  private static final Document VECTOR_INDEX =
      Document.parse(
          """
          {fields: [
            {type: 'vector', path: 'vectors.small', numDimensions: 4, similarity: 'cosine'},
            {type: 'filter', path: 'tenant'}, {type: 'filter', path: 'tags'},
            {type: 'filter', path: 'at'}]}
          """);

  private static final Document LEXICAL_INDEX =
      Document.parse(
          """
          {mappings: {dynamic: false, fields: {
            text: {type: 'string'}, tenant: {type: 'token'}, at: {type: 'date'}}}}
          """);

  private MongoCollection<Document> memories;

  /** A database of its own, empty. */
  protected abstract MongoDatabase database();

  /** How long an index may take to be built, or to follow a write. */
  protected abstract Duration patience();

  @BeforeEach
  void fourMemories() {
    database().createCollection("memories");
    memories = database().getCollection("memories");
    memories.insertMany(
        List.of(
            memory("east", "t1", List.of("a", "b"), "the camel rests", 1, 0, 0, 0),
            memory("north", "t1", List.of("b"), "a horse runs", 0, 1, 0, 0),
            memory("northeast", "t2", List.of(), "the camel runs", 1, 1, 0, 0),
            memory("west", "t2", List.of("c"), "nobody", -1, 0, 0, 0)));
  }

  private static Document memory(
      String id, String tenant, List<String> tags, String text, float... vector) {
    return new Document("_id", id)
        .append("tenant", tenant)
        .append("tags", tags)
        .append("text", text)
        .append("at", new Date(id.length() * 1000L))
        .append("vectors", new Document("small", BinaryVector.floatVector(vector)));
  }

  private void vectorIndex() {
    create("vi", VECTOR_INDEX, SearchIndexType.vectorSearch());
    awaitIds(() -> near(List.of(1.0, 0.0, 0.0, 0.0), null, 10), 4);
  }

  private void lexicalIndex() {
    create("lexical", LEXICAL_INDEX, SearchIndexType.search());
    awaitIds(() -> lexical(new Document("exists", new Document("path", "text"))), 4);
  }

  private void create(String name, Document definition, SearchIndexType type) {
    assertEquals(
        List.of(name),
        memories.createSearchIndexes(List.of(new SearchIndexModel(name, definition, type))));
    await()
        .atMost(patience())
        .until(() -> !listed(name).isEmpty() && listed(name).get(0).getBoolean("queryable"));
  }

  private List<Document> listed(String name) {
    return memories.listSearchIndexes().name(name).into(new ArrayList<>());
  }

  private void awaitIds(Supplier<List<Document>> search, int count) {
    await().atMost(patience()).until(() -> search.get().size() == count);
  }

  private List<Document> near(List<Double> query, Bson filter, int limit) {
    var options = approximateVectorSearchOptions(100);
    return aggregate(
        vectorSearch(
            fieldPath("vectors.small"),
            query,
            "vi",
            limit,
            filter == null ? options : options.filter(filter)),
        metaVectorSearchScore("score"));
  }

  private List<Document> lexical(Document operator) {
    return aggregate(
        Aggregates.search(
            SearchOperator.of(operator), SearchOptions.searchOptions().index("lexical")),
        metaSearchScore("score"));
  }

  private List<Document> aggregate(Bson stage, Bson score) {
    return memories
        .aggregate(List.of(stage, project(fields(include("text"), score))))
        .into(new ArrayList<>());
  }

  private static List<String> ids(List<Document> hits) {
    return hits.stream().map(hit -> hit.getString("_id")).toList();
  }

  @Test
  void approximate_ordersByCosineScore() {
    vectorIndex();
    List<Document> hits = near(List.of(1.0, 0.0, 0.0, 0.0), null, 10);
    assertEquals(List.of("east", "northeast", "north", "west"), ids(hits));
    assertEquals(1, hits.get(0).getDouble("score"), SCORE);
    assertEquals((1 + Math.sqrt(0.5)) / 2, hits.get(1).getDouble("score"), SCORE);
    assertEquals(0.5, hits.get(2).getDouble("score"), SCORE);
    assertEquals(0, hits.get(3).getDouble("score"), SCORE);
    assertEquals("the camel rests", hits.get(0).getString("text"));
  }

  @Test
  void exact_takesABinaryVector() {
    vectorIndex();
    List<Document> hits =
        aggregate(
            vectorSearch(
                fieldPath("vectors.small"),
                BinaryVector.floatVector(new float[] {0, 2, 0, 0}),
                "vi",
                2,
                exactVectorSearchOptions()),
            metaVectorSearchScore("score"));
    assertEquals(List.of("north", "northeast"), ids(hits));
    assertEquals(1, hits.get(0).getDouble("score"), SCORE);
  }

  @Test
  void filter_isAppliedBeforeTheLimit() {
    vectorIndex();
    List<Double> east = List.of(1.0, 0.0, 0.0, 0.0);
    assertEquals(List.of("northeast"), ids(near(east, eq("tenant", "t2"), 1)));
    assertEquals(List.of("east", "north"), ids(near(east, eq("tags", "b"), 10)));
    assertEquals(List.of("east", "west"), ids(near(east, in("tags", "a", "c"), 10)));
    assertEquals(
        List.of("north"), ids(near(east, and(eq("tenant", "t1"), gte("at", new Date(5000))), 10)));
    assertEquals(List.of("northeast", "west"), ids(near(east, ne("tenant", "t1"), 10)));
  }

  @Test
  void write_isFollowed() {
    vectorIndex();
    memories.replaceOne(eq("west"), memory("west", "t2", List.of(), "moved", 0, 0, 1, 0));
    memories.deleteOne(eq("east"));
    await()
        .atMost(patience())
        .untilAsserted(
            () -> assertEquals(List.of("west"), ids(near(List.of(0.0, 0.0, 1.0, 0.0), null, 1))));
    awaitIds(() -> near(List.of(1.0, 0.0, 0.0, 0.0), null, 10), 3);
  }

  @Test
  void array_ofDoublesIsIndexedToo() {
    vectorIndex();
    memories.insertOne(
        new Document("_id", "array")
            .append("vectors", new Document("small", List.of(0.0, 0.0, 0.0, 1.0))));
    awaitIds(() -> near(List.of(0.0, 0.0, 0.0, 1.0), null, 10), 5);
    assertEquals("array", ids(near(List.of(0.0, 0.0, 0.0, 1.0), null, 1)).get(0));
  }

  @Test
  void missingIndex_findsNothing() {
    assertEquals(List.of(), near(List.of(1.0, 0.0, 0.0, 0.0), null, 10));
  }

  @Test
  void stage_isRefusedWithItsReason() {
    vectorIndex();
    refused("{path: 'text'}", "is not indexed as vector");
    refused(
        "{queryVector: [1, 0]}", "vector field is indexed with 4 dimensions but queried with 2");
    refused("{limit: 101}", "limit should be less than or equal to numCandidates");
    refused("{filter: {agent: 'a'}}", "needs to be indexed as");
  }

  private void refused(String change, String message) {
    Document stage =
        Document.parse(
            "{index: 'vi', path: 'vectors.small', queryVector: [1, 0, 0, 0], numCandidates: 100,"
                + " limit: 1}");
    stage.putAll(Document.parse(change));
    MongoCommandException e =
        assertThrows(
            MongoCommandException.class,
            () -> memories.aggregate(List.of(new Document("$vectorSearch", stage))).first());
    assertTrue(e.getErrorMessage().contains(message), e.getErrorMessage());
  }

  @Test
  void index_ofAnotherDefinitionIsRefused() {
    create("vi", VECTOR_INDEX, SearchIndexType.vectorSearch());
    Document other = Document.parse(VECTOR_INDEX.toJson().replace("cosine", "dotProduct"));
    MongoCommandException e =
        assertThrows(
            MongoCommandException.class,
            () ->
                memories.createSearchIndexes(
                    List.of(new SearchIndexModel("vi", other, SearchIndexType.vectorSearch()))));
    assertEquals(68, e.getErrorCode());
  }

  @Test
  void index_isListedUpdatedAndDropped() {
    create("vi", VECTOR_INDEX, SearchIndexType.vectorSearch());
    Document row = listed("vi").get(0);
    assertEquals("vectorSearch", row.getString("type"));
    assertTrue(row.get("id") != null);
    Document updated = Document.parse(VECTOR_INDEX.toJson());
    updated.getList("fields", Document.class).remove(3);
    memories.updateSearchIndex("vi", updated);
    await()
        .atMost(patience())
        .until(
            () ->
                listed("vi").get(0).getString("status").equals("READY")
                    && indexedFields(listed("vi").get(0)) == 3);
    memories.dropSearchIndex("vi");
    await().atMost(patience()).until(() -> listed("vi").isEmpty());
  }

  /** Five memories whose signs are all different, so that bits alone tell them apart. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "scalar", "binary"})
  void quantization_leavesExactScoresAndFilters(String quantization) {
    for (int i = 0; i < 5; i++) {
      memories.insertOne(wide("w" + i, i % 2 == 0 ? "t1" : "t2", i));
    }
    Document definition =
        Document.parse(
            "{fields: [{type: 'vector', path: 'vectors.wide', numDimensions: 16, similarity:"
                + " 'cosine'}, {type: 'filter', path: 'tenant'}]}");
    definition.getList("fields", Document.class).get(0).append("quantization", quantization);
    create("vi", definition, SearchIndexType.vectorSearch());
    awaitIds(() -> wideNear(3, exactVectorSearchOptions()), 5);
    List<Document> exact = wideNear(3, exactVectorSearchOptions());
    assertEquals("w3", ids(exact).get(0));
    assertEquals(1, exact.get(0).getDouble("score"), SCORE);
    List<Document> approximate = wideNear(3, approximateVectorSearchOptions(100));
    assertEquals("w3", ids(approximate).get(0));
    for (int i = 0; i < 5; i++) {
      double off = quantization.equals("scalar") ? 0.03 : SCORE; // binary is rescored
      assertEquals(exact.get(i).getDouble("score"), approximate.get(i).getDouble("score"), off);
    }
    assertEquals(
        List.of("w1", "w3"),
        ids(wideNear(3, approximateVectorSearchOptions(100).filter(eq("tenant", "t2")))).stream()
            .sorted()
            .toList());
  }

  private List<Document> wideNear(int number, VectorSearchOptions options) {
    return aggregate(
        vectorSearch(
            fieldPath("vectors.wide"), BinaryVector.floatVector(wide(number)), "vi", 10, options),
        metaVectorSearchScore("score"));
  }

  private static Document wide(String id, String tenant, int number) {
    return new Document("_id", id)
        .append("tenant", tenant)
        .append("vectors", new Document("wide", BinaryVector.floatVector(wide(number))));
  }

  private static float[] wide(int number) {
    float[] vector = new float[16];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) Math.sin(1 + i * (number + 1) * 1.7);
    }
    return vector;
  }

  @Test
  void quantization_ofAnotherNameIsRefused() {
    Document definition = Document.parse(VECTOR_INDEX.toJson());
    definition.getList("fields", Document.class).get(0).append("quantization", "int4");
    MongoCommandException e =
        assertThrows(
            MongoCommandException.class,
            () ->
                memories.createSearchIndexes(
                    List.of(
                        new SearchIndexModel("vi", definition, SearchIndexType.vectorSearch()))));
    assertTrue(e.getErrorMessage().contains("quantization"), e.getErrorMessage());
  }

  private static int indexedFields(Document row) {
    return row.get("latestDefinition", Document.class).getList("fields", Document.class).size();
  }

  @Test
  void text_isFoundAndScored() {
    lexicalIndex();
    List<Document> hits = lexical(Document.parse("{text: {query: 'Camel runs', path: 'text'}}"));
    assertEquals("northeast", ids(hits).get(0));
    assertEquals(3, hits.size());
    assertTrue(hits.get(0).getDouble("score") > hits.get(1).getDouble("score"));
  }

  @Test
  void compound_filtersWithoutScoring() {
    lexicalIndex();
    Document must = Document.parse("{text: {query: 'camel', path: 'text'}}");
    Document filter = Document.parse("{equals: {path: 'tenant', value: 't1'}}");
    List<Document> hits =
        lexical(
            new Document(
                "compound",
                new Document(Map.of("must", List.of(must), "filter", List.of(filter)))));
    assertEquals(List.of("east"), ids(hits));
    double alone =
        lexical(must).stream()
            .filter(hit -> hit.getString("_id").equals("east"))
            .findFirst()
            .orElseThrow()
            .getDouble("score");
    assertEquals(alone, hits.get(0).getDouble("score"), 1e-5);
  }

  @Test
  void range_ofDatesIsInclusiveAsAsked() {
    lexicalIndex();
    assertEquals(
        List.of("northeast"),
        ids(
            lexical(
                new Document(
                    "range",
                    new Document("path", "at")
                        .append("gt", new Date(5000))
                        .append("lt", new Date(10000))))));
  }

  @Test
  void string_withoutATokenFieldCannotBeEqual() {
    lexicalIndex();
    MongoCommandException e =
        assertThrows(
            MongoCommandException.class,
            () -> lexical(Document.parse("{equals: {path: 'text', value: 'nobody'}}")));
    assertTrue(e.getErrorMessage().contains("needs to be indexed as token"), e.getErrorMessage());
  }

  @Test
  void definition_ofVectorsNeedsItsType() {
    MongoCommandException e =
        assertThrows(
            MongoCommandException.class, () -> memories.createSearchIndex("vi", VECTOR_INDEX));
    assertTrue(e.getErrorMessage().contains("Attribute mappings missing"), e.getErrorMessage());
    assertEquals(0, listed("vi").size());
  }
}
