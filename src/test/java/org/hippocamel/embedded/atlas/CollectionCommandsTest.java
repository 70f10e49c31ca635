package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class CollectionCommandsTest extends AtlasFixture {
  @Test
  void handshake_saysWhatDriversNeed() {
    Document hello = command("hello: 1");
    assertTrue(hello.getBoolean("isWritablePrimary"));
    assertFalse(hello.containsKey("logicalSessionTimeoutMinutes"));
    assertEquals(48_000_000, hello.getInteger("maxMessageSizeBytes"));
    assertTrue(command("isMaster: 1").getBoolean("ismaster"));
    assertEquals(1.0, command("ping: 1").get("ok"));
    assertEquals("8.0.0-hippocamel", command("buildInfo: 1").getString("version"));
  }

  @Test
  void collections_areCreatedListedAndDropped() {
    MongoDatabase other = client.getDatabase("other");
    other.createCollection("made");
    other.getCollection("filled").insertOne(json("_id: 1"));
    refuses(48, "Collection other.made already exists.", () -> other.createCollection("made"));
    assertEquals(List.of("filled", "made"), other.listCollectionNames().into(new ArrayList<>()));
    assertEquals(
        "made", other.listCollections().filter(json("name: 'made'")).first().getString("name"));
    assertTrue(client.listDatabaseNames().into(new ArrayList<>()).contains("other"));
    other.getCollection("made").drop();
    other.getCollection("absent").drop();
    assertEquals(List.of("filled"), other.listCollectionNames().into(new ArrayList<>()));
    other.drop();
    assertTrue(other.listCollectionNames().into(new ArrayList<>()).isEmpty());
    assertFalse(client.listDatabaseNames().into(new ArrayList<>()).contains("other"));
  }

  @Test
  void drop_andInsertAgainStartsEmpty() {
    insert("_id: 1, a: 1");
    collection.createIndex(json("a: 1"));
    collection.drop();
    insert("_id: 2");
    assertEquals(List.of(2), ids(""));
    assertEquals(1, collection.listIndexes().into(new ArrayList<>()).size());
  }
}
