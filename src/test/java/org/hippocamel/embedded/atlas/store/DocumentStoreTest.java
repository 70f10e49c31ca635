package org.hippocamel.embedded.atlas.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentStoreTest {
  private static final String NAMESPACE = "d.c";

  @TempDir private Path directory;

  private static BsonDocument document(int id) {
    return new BsonDocument("_id", new BsonInt32(id)).append("n", new BsonInt32(id * 2));
  }

  private static void insert(DocumentStore store, BsonDocument document) {
    store.write(
        () -> {
          store.collectionOrCreate(NAMESPACE).insert(document);
          return null;
        });
  }

  private static List<String> changes(DocumentStore store, long after) {
    List<String> changes = new ArrayList<>();
    store.changesAfter(
        after, (sequence, name, id) -> changes.add(sequence + " " + id.asInt32().getValue()));
    return changes;
  }

  @Test
  void log_namesEveryChangeUntilItIsTrimmed() {
    try (DocumentStore store = DocumentStore.open(directory, false)) {
      assertEquals(0, store.sequence());
      insert(store, document(1));
      insert(store, document(2));
      store.write(
          () -> {
            DocumentCollection collection = store.collection(NAMESPACE);
            collection.delete(new Stored(1, collection.byId(new BsonInt32(1))));
            return null;
          });
      assertEquals(List.of("1 1", "2 2", "3 1"), changes(store, 0));
      store.trim(2);
      assertEquals(2, store.oldestSequence());
      assertEquals(List.of("3 1"), changes(store, 0));
      store.trim(99);
    }
    try (DocumentStore store = DocumentStore.open(directory, false)) {
      assertEquals(3, store.sequence());
      insert(store, document(4));
      assertEquals(List.of("4 4"), changes(store, 3));
      assertNull(store.get(NAMESPACE, new BsonInt32(1)));
      assertNotNull(store.get(NAMESPACE, new BsonInt32(2)));
    }
  }

  @Test
  void write_tellsTheListenerAndKeepsWhatCameBeforeARefusal() {
    try (DocumentStore store = DocumentStore.open(directory, true)) {
      List<Long> committed = new ArrayList<>();
      store.onCommit(committed::add);
      insert(store, document(1));
      assertThrows(
          Refusal.class,
          () ->
              store.write(
                  () -> {
                    store.collection(NAMESPACE).insert(document(2));
                    store.collection(NAMESPACE).insert(document(1));
                    return null;
                  }));
      assertThrows(Refusal.class, () -> store.write(() -> store.create(NAMESPACE)));
      assertEquals(List.of(1L, 2L), committed);
      assertEquals(2, store.collection(NAMESPACE).size());
    }
  }

  @Test
  void close_makesASparseFileDense() throws Exception {
    Random random = new Random(1);
    long before;
    try (DocumentStore store = DocumentStore.open(directory, false)) {
      for (int i = 0; i < 50; i++) {
        byte[] bytes = new byte[1 << 20];
        random.nextBytes(bytes);
        insert(store, document(i).append("bytes", new BsonBinary(bytes)));
      }
      store.write(
          () -> {
            DocumentCollection collection = store.collection(NAMESPACE);
            for (int i = 0; i < 45; i++) {
              collection.delete(new Stored(i + 1, collection.byId(new BsonInt32(i))));
            }
            return null;
          });
      before = Files.size(directory.resolve("documents.mv"));
    }
    long after = Files.size(directory.resolve("documents.mv"));
    assertTrue(after < before / 4, before + " bytes, then " + after);
    try (DocumentStore store = DocumentStore.open(directory, false)) {
      assertEquals(5, store.collection(NAMESPACE).size());
      assertEquals(98, store.get(NAMESPACE, new BsonInt32(49)).getInt32("n").getValue());
      assertEquals(95, store.sequence());
      insert(store, document(1));
    }
  }
}
