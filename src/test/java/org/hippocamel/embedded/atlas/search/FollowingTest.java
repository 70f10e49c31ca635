package org.hippocamel.embedded.atlas.search;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** How indexes follow the documents: at once, with a delay, over restarts and crashes. */
class FollowingTest extends SearchFixture {
  private static final String OTHER = "test.other";
  private static final float[] ONE = {1};
  private static final String TEXT = "{'mappings': {'dynamic': true}}";
  private static final String CAMEL = "{'text': {'query': 'camel', 'path': 'text'}}";

  private void both() {
    create("vi", "vectorSearch", vectors(1, "dotProduct"));
    create("default", null, TEXT);
  }

  private static org.bson.BsonDocument memory(int id) {
    return row(id, ONE).append("text", new BsonString("camel " + id));
  }

  private int vectorHits() {
    return indexes.vectorSearch(NS, stage(ONE, 100_000, 0)).size();
  }

  @Test
  void write_isSeenByTheNextSearch() {
    open(50_000);
    both();
    for (int i = 0; i < 200; i++) {
      put(memory(i));
      assertEquals(i + 1, vectorHits());
      assertEquals(i + 1, search(CAMEL).size());
    }
  }

  @Test
  void write_isSeenWithoutBeingTold() {
    open(50_000);
    both();
    source.put(NS, memory(1));
    assertEquals(1, vectorHits());
    assertEquals(1, search(CAMEL).size());
  }

  @Test
  void refreshDelay_hidesAWriteForSoLong() {
    open(50_000, Duration.ofMillis(300));
    both();
    long written = System.nanoTime();
    put(memory(1));
    int early = vectorHits() + search(CAMEL).size();
    long asked = System.nanoTime();
    assertTrue(early == 0 || asked - written > 300_000_000L);
    await().atMost(Duration.ofSeconds(10)).until(() -> vectorHits() == 1);
    assertTrue(System.nanoTime() - written >= 300_000_000L);
    assertEquals(1, search(CAMEL).size());
  }

  @Test
  void restart_givesTheSameAnswers() {
    open(50_000);
    both();
    for (int i = 0; i < 50; i++) {
      put(memory(i));
    }
    reopen(50_000);
    assertEquals(50, vectorHits());
    assertEquals(50, search(CAMEL).size());
    assertEquals("READY", row("vi").getString("status").getValue());
  }

  @Test
  void restart_replaysWhatWasWrittenWhileClosed() {
    open(50_000);
    both();
    put(memory(1));
    put(memory(2));
    indexes.close();
    source.put(NS, memory(3));
    source.delete(NS, new BsonInt32(1));
    open(50_000);
    assertEquals(List.of("2", "3"), ids(search(CAMEL)).stream().sorted().toList());
    assertEquals(2, vectorHits());
  }

  @Test
  void restart_rebuildsWhenTheLogIsTooShort() {
    open(50_000);
    both();
    put(memory(1));
    indexes.close();
    source.put(NS, memory(2));
    source.delete(NS, new BsonInt32(1));
    source.trim(source.sequence());
    open(50_000);
    assertEquals(List.of("2"), ids(search(CAMEL)));
    assertEquals(1, vectorHits());
  }

  @Test
  void restart_rebuildsWhenTheStoreIsBehind() {
    open(50_000);
    both();
    put(memory(1));
    put(memory(2));
    indexes.close();
    source = new InMemorySource();
    source.put(NS, memory(9));
    open(50_000);
    assertEquals(List.of("9"), ids(search(CAMEL)));
    assertEquals(1, vectorHits());
  }

  @Test
  void restart_rebuildsWhatIsDamaged() throws Exception {
    open(50_000);
    both();
    put(memory(1));
    indexes.close();
    List<Path> damaged;
    try (Stream<Path> files = Files.walk(directory)) {
      damaged = files.filter(file -> file.getFileName().toString().endsWith(".si")).toList();
    }
    assertFalse(damaged.isEmpty());
    for (Path file : damaged) {
      Files.delete(file);
    }
    open(50_000);
    assertEquals(List.of("1"), ids(search(CAMEL)));
    assertEquals(1, vectorHits());
  }

  @Test
  void killedProcess_leavesFilesThatCanBeOpened() throws Exception {
    open(40);
    both();
    Random random = new Random(5);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 100; i++) {
        put(memory(random.nextInt(300)));
      }
      // What a kill leaves: the files as they are, nothing closed, the log whole.
      Path copy = Files.createTempDirectory(directory.getParent(), "killed");
      copy(directory, copy);
      int documents = documents();
      try (SearchIndexes reopened = new SearchIndexes(copy, source, 40, Duration.ZERO)) {
        assertEquals(documents, reopened.vectorSearch(NS, stage(ONE, 100_000, 0)).size());
        List<Hit> hits = new ArrayList<>();
        reopened.search(NS, json(CAMEL)).forEachRemaining(hits::add);
        assertEquals(documents, hits.size());
      }
    }
  }

  private int documents() {
    int[] count = {0};
    source.forEach(NS, (id, document) -> count[0]++);
    return count[0];
  }

  private static void copyIfThere(Path file, Path target) throws IOException {
    try {
      Files.copy(file, target);
    } catch (NoSuchFileException e) {
      Files.deleteIfExists(target);
    }
  }

  /** Copies what is there, tolerating files that a running merge deletes meanwhile. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(path).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.endsWith("write.lock")) {
              copyIfThere(file, to.resolve(from.relativize(file).toString()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void log_isTrimmedWhenNobodyNeedsIt() {
    open(50_000);
    both();
    for (int i = 0; i < 25_000; i++) {
      put(memory(i % 100));
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> source.oldestSequence() >= 20_000);
    reopen(50_000);
    assertEquals(100, vectorHits());
    assertEquals(100, search(CAMEL).size());
  }

  /** A source whose other collection, read by the index opened second, is slow. */
  private static final class SlowSource extends InMemorySource {
    final CountDownLatch reading = new CountDownLatch(1);
    final CountDownLatch leave = new CountDownLatch(1);
    final AtomicInteger wholeReads = new AtomicInteger();
    volatile boolean slow;

    @Override
    public void forEach(String namespace, BiConsumer<BsonValue, RawBsonDocument> consumer) {
      if (slow && namespace.equals(OTHER)) {
        reading.countDown();
        assertDoesNotThrow(() -> leave.await());
      }
      wholeReads.addAndGet(slow && namespace.equals(NS) ? 1 : 0);
      super.forEach(namespace, consumer);
    }
  }

  @Test
  void log_isKeptForAnIndexThatIsYetToBeOpened() throws Exception {
    SlowSource slow = new SlowSource();
    source = slow;
    open(50_000);
    source.put(NS, memory(1));
    source.put(OTHER, memory(1));
    create("vi", "vectorSearch", vectors(1, "dotProduct"));
    indexes.create(OTHER, "vi", "vectorSearch", json(vectors(1, "dotProduct")));
    create("default", null, TEXT);
    indexes.close();
    long durable = source.sequence();
    source.put(NS, memory(2));
    slow.slow = true;
    IndexCatalog catalog = new IndexCatalog(directory);
    try (IndexKeeper keeper = new IndexKeeper(catalog, source, 50_000, Duration.ZERO)) {
      keeper.open();
      slow.reading.await();
      keeper.trim();
      assertTrue(source.oldestSequence() <= durable, "trimmed to " + source.oldestSequence());
      slow.leave.countDown();
      for (IndexEntry entry : catalog.all()) {
        keeper.bringUpToDate(entry);
      }
      assertEquals(1, slow.wholeReads.get(), "only the vector index is built anew");
      TextIndex text = (TextIndex) catalog.named(NS, "default").serving();
      assertEquals(2, text.search(json(CAMEL), 10).size());
      await()
          .until(
              () -> {
                keeper.trim();
                return source.oldestSequence() == source.sequence();
              });
    }
  }
}
