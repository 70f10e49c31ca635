package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** One server for the class, a collection of its own for each test, the official driver between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtlasFixture {
  EmbeddedAtlas atlas;
  MongoClient client;
  MongoDatabase database;
  MongoCollection<Document> collection;

  @BeforeAll
  void start(@TempDir Path directory) {
    atlas = EmbeddedAtlas.start(options(directory));
    client = MongoClients.create(atlas.connectionString());
    database = client.getDatabase("test");
  }

  /** Expired documents go quickly in tests. */
  AtlasOptions options(Path directory) {
    AtlasOptions options = AtlasOptions.in(directory);
    return new AtlasOptions(
        directory,
        options.host(),
        0,
        options.exactSearchLimit(),
        Duration.ofMillis(50),
        false,
        Duration.ZERO);
  }

  @BeforeEach
  void collection(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    collection = database.getCollection(name);
  }

  @AfterAll
  void stop() {
    client.close();
    atlas.close();
  }

  static Document json(String json) {
    return Document.parse(json.startsWith("{") ? json : "{" + json + "}");
  }

  void insert(String... documents) {
    List<Document> parsed = new ArrayList<>();
    for (String document : documents) {
      parsed.add(json(document));
    }
    collection.insertMany(parsed);
  }

  /** The _ids that a filter finds, in the order they come. */
  List<Object> ids(String filter) {
    return collection
        .find(json(filter))
        .map(document -> document.get("_id"))
        .into(new ArrayList<>());
  }

  List<Document> aggregate(String... stages) {
    List<Document> pipeline = new ArrayList<>();
    for (String stage : stages) {
      pipeline.add(json(stage));
    }
    return collection.aggregate(pipeline).into(new ArrayList<>());
  }

  /** A command as it stands; what its reply says of a single statement is thrown as well. */
  Document command(String command) {
    Document reply = database.runCommand(json(command));
    if (reply.containsKey("writeErrors")) {
      Document error = reply.getList("writeErrors", Document.class).get(0);
      throw new MongoException(error.getInteger("code"), error.getString("errmsg"));
    }
    return reply;
  }

  /** That the server refuses, with this code and a message that contains this text. */
  static void refuses(int code, String text, Executable action) {
    MongoException refused = assertThrows(MongoException.class, action);
    assertEquals(code, refused.getCode(), refused.getMessage());
    String message =
        refused instanceof MongoCommandException command
            ? command.getErrorMessage()
            : refused.getMessage();
    if (!message.contains(text)) {
      assertEquals(text, message);
    }
  }
}
