package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.SearchIndexModel;
import com.mongodb.client.model.SearchIndexType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An embedded store met through the official driver; a database of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriverFixture {
  @TempDir static Path shared;

  private EmbeddedAtlas atlas;
  private MongoClient client;
  private MongoDatabase database;
  private int tests;
  MongoCollection<Document> memories;

  AtlasOptions options(Path directory) {
    return AtlasOptions.in(directory);
  }

  @BeforeAll
  void startAtlas() {
    atlas = EmbeddedAtlas.start(options(shared.resolve(getClass().getSimpleName())));
    client = MongoClients.create(atlas.connectionString());
  }

  @BeforeEach
  void createCollection() {
    database = client.getDatabase("test" + tests++);
    database.createCollection("memories");
    memories = database.getCollection("memories");
  }

  @AfterEach
  void dropDatabase() {
    database.drop();
  }

  @AfterAll
  void stopAtlas() {
    client.close();
    atlas.close();
  }

  /** The same directory in a new server. */
  void restart() {
    stopAtlas();
    startAtlas();
    memories = client.getDatabase(database.getName()).getCollection("memories");
    database = client.getDatabase(database.getName());
  }

  void index(String name, SearchIndexType type, String definition) {
    memories.createSearchIndexes(
        List.of(new SearchIndexModel(name, Document.parse(definition), type)));
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> listed(name).get(0).getString("status").equals("READY"));
  }

  void vectorIndex(int dimensions, String... filters) {
    index(
        "vi",
        SearchIndexType.vectorSearch(),
        SearchFixture.vectors(dimensions, "cosine", filters).replace('\'', '"'));
  }

  List<Document> listed(String name) {
    return memories.listSearchIndexes().name(name).into(new ArrayList<>());
  }

  List<Document> aggregate(Bson... stages) {
    return memories.aggregate(Arrays.asList(stages)).into(new ArrayList<>());
  }

  static List<Object> ids(List<Document> hits) {
    return hits.stream().map(hit -> hit.get("_id")).toList();
  }

  static Document memory(Object id, float... vector) {
    return new Document("_id", id).append("v", BinaryVector.floatVector(vector));
  }

  static void refused(int code, String message, Runnable command) {
    MongoCommandException e = assertThrows(MongoCommandException.class, command::run);
    assertEquals(code, e.getErrorCode(), e.getErrorMessage());
    assertTrue(e.getErrorMessage().contains(message), e.getErrorMessage());
  }
}
