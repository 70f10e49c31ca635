package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private static final int ROUNDS = 4;

  @TempDir private Path directory;

  @Test
  void restart_keepsDocumentsAndIndexes() {
    try (EmbeddedAtlas atlas = EmbeddedAtlas.start(AtlasOptions.in(directory));
        MongoClient client = MongoClients.create(atlas.connectionString())) {
      MongoCollection<Document> collection = client.getDatabase("d").getCollection("c");
      collection.createIndex(Indexes.ascending("k"), new IndexOptions().unique(true));
      collection.insertMany(
          List.of(new Document("_id", 1).append("k", List.of("a", "b")), new Document("_id", 2)));
      collection.deleteOne(Filters.eq("_id", 2));
    }
    try (EmbeddedAtlas atlas = EmbeddedAtlas.start(AtlasOptions.in(directory));
        MongoClient client = MongoClients.create(atlas.connectionString())) {
      MongoCollection<Document> collection = client.getDatabase("d").getCollection("c");
      assertEquals(1, collection.countDocuments());
      assertEquals(1, collection.find(Filters.eq("k", "b")).first().get("_id"));
      assertEquals(2, collection.listIndexes().into(new ArrayList<>()).size());
      assertThrows(
          RuntimeException.class,
          () -> collection.insertOne(new Document("_id", 3).append("k", "a")));
    }
  }

  /** What a killed process has acknowledged, and no half of anything else. */
  @Test
  void kill_losesNothingThatWasAcknowledged() throws Exception {
    Random random = new Random(11);
    Set<String> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      File lines = directory.resolve("acknowledged-" + round).toFile();
      Process writer = start("writer-" + round, lines);
      long bytes = 300 + random.nextInt(3_000);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lines.length() > bytes);
      writer.destroyForcibly().waitFor();
      acknowledged.addAll(complete(lines));
      check(acknowledged);
    }
    assertTrue(acknowledged.size() > 100);
  }

  /** The lines that end; the last one may have been cut. */
  private static List<String> complete(File lines) throws IOException {
    String text = Files.readString(lines.toPath());
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private void check(Set<String> acknowledged) {
    try (EmbeddedAtlas atlas = EmbeddedAtlas.start(AtlasOptions.in(directory));
        MongoClient client = MongoClients.create(atlas.connectionString())) {
      MongoCollection<Document> collection = client.getDatabase("d").getCollection("c");
      Set<String> stored = new HashSet<>();
      collection.find().forEach(document -> stored.add(document.getString("_id")));
      Set<String> lost = new HashSet<>(acknowledged);
      lost.removeAll(stored);
      assertEquals(Set.of(), lost);
      for (String id : stored) {
        Document found = collection.find(Filters.eq("key", "k-" + id)).first();
        assertEquals(id, found.getString("_id"));
      }
      assertEquals(stored.size(), collection.countDocuments(Filters.eq("all", "x")));
    }
  }

  private Process start(String name, File output) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            AcknowledgedWriter.class.getName(),
            directory.toString(),
            name)
        .redirectOutput(output)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  void secondProcess_isToldThatTheDirectoryIsTaken() throws Exception {
    try (EmbeddedAtlas atlas = EmbeddedAtlas.start(AtlasOptions.in(directory))) {
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class, () -> EmbeddedAtlas.start(AtlasOptions.in(directory)));
      assertEquals(
          "The store directory "
              + directory.toAbsolutePath()
              + " is in use by another process; stop that process or choose another directory.",
          refused.getMessage());
      Process second = start("second", directory.resolve("second").toFile());
      assertEquals(3, second.waitFor());
      assertTrue(atlas.connectionString().startsWith("mongodb://127.0.0.1:"));
    }
  }
}
