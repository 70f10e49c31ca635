package org.hippocamel.embedded.atlas;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;

/** A process of its own: writes until it is killed, and prints each _id once it is acknowledged. */
final class AcknowledgedWriter {
  private static final int TAKEN = 3;

  private AcknowledgedWriter() {}

  public static void main(String[] args) throws InterruptedException {
    EmbeddedAtlas atlas = start(Path.of(args[0]));
    MongoClient client = MongoClients.create(atlas.connectionString());
    MongoCollection<Document> collection = client.getDatabase("d").getCollection("c");
    collection.createIndex(Indexes.ascending("key"));
    collection.createIndex(Indexes.ascending("all"));
    Thread second = new Thread(() -> write(collection, args[1] + "-b"));
    second.start();
    write(collection, args[1] + "-a");
    second.join();
  }

  private static EmbeddedAtlas start(Path directory) {
    try {
      return EmbeddedAtlas.start(AtlasOptions.in(directory));
    } catch (IllegalStateException taken) {
      System.exit(TAKEN);
      throw taken;
    }
  }

  private static void write(MongoCollection<Document> collection, String name) {
    for (int i = 0; i < 100_000; i++) {
      String id = name + "-" + i;
      collection.insertOne(
          new Document("_id", id).append("key", List.of("k-" + id, "common")).append("all", "x"));
      System.out.println(id);
    }
  }
}
