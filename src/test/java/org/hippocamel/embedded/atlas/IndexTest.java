package org.hippocamel.embedded.atlas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class IndexTest extends AtlasFixture {
  private static final IndexOptions UNIQUE = new IndexOptions().unique(true);

  @Test
  void createIndexes_areListedAndDropped() {
    insert("_id: 1");
    List<String> names =
        collection.createIndexes(
            List.of(
                new IndexModel(Indexes.ascending("a", "b")),
                new IndexModel(Indexes.descending("c"), new IndexOptions().unique(true)),
                new IndexModel(
                    Indexes.ascending("d"),
                    new IndexOptions().name("ttl").expireAfter(5L, TimeUnit.SECONDS))));
    assertEquals(List.of("a_1_b_1", "c_-1", "ttl"), names);
    List<Document> listed = collection.listIndexes().into(new ArrayList<>());
    assertEquals(
        List.of("_id_", "a_1_b_1", "c_-1", "ttl"),
        listed.stream().map(index -> index.getString("name")).toList());
    assertEquals(json("a: 1, b: 1"), listed.get(1).get("key"));
    assertEquals(true, listed.get(2).getBoolean("unique"));
    assertEquals(5L, listed.get(3).get("expireAfterSeconds"));
    collection.dropIndex("ttl");
    collection.dropIndex(Indexes.ascending("a", "b"));
    collection.dropIndexes();
    assertEquals(1, collection.listIndexes().into(new ArrayList<>()).size());
  }

  @Test
  void createIndex_twiceIsFineAndConflictsAreNot() {
    collection.createIndex(Indexes.ascending("a"));
    collection.createIndex(Indexes.ascending("a"));
    refuses(
        85,
        "An equivalent index already exists",
        () -> collection.createIndex(Indexes.ascending("a"), new IndexOptions().name("other")));
    refuses(
        86,
        "An existing index has the same name",
        () -> collection.createIndex(Indexes.ascending("b"), new IndexOptions().name("a_1")));
    refuses(72, "cannot drop _id index", () -> collection.dropIndex("_id_"));
  }

  @Test
  void unique_refusesTheSecond() {
    collection.createIndex(Indexes.ascending("tenant", "key"), UNIQUE);
    insert("_id: 1, tenant: 't', key: 'k'", "_id: 2, tenant: 't', key: 'l'", "_id: 3");
    MongoWriteException refused =
        assertThrows(
            MongoWriteException.class,
            () -> collection.insertOne(json("_id: 4, tenant: 't', key: 'k'")));
    assertEquals(11000, refused.getCode());
    assertTrue(
        refused
            .getError()
            .getMessage()
            .endsWith("index: tenant_1_key_1 dup key: { tenant: \"t\", key: \"k\" }"));
    refuses(
        11000, "dup key: { tenant: null, key: null }", () -> collection.insertOne(json("_id: 5")));
    refuses(
        11000,
        "dup key",
        () -> collection.updateOne(Filters.eq("_id", 2), Updates.set("key", "k")));
    collection.deleteOne(Filters.eq("_id", 1));
    collection.updateOne(Filters.eq("_id", 2), Updates.set("key", "k"));
    collection.updateOne(Filters.eq("_id", 2), Updates.set("other", 1));
    assertEquals(List.of(2, 3), ids(""));
  }

  @Test
  void unique_isRefusedOverDuplicates() {
    insert("_id: 1, a: 1", "_id: 2, a: 1.0");
    assertThrows(
        DuplicateKeyException.class, () -> collection.createIndex(Indexes.ascending("a"), UNIQUE));
    assertEquals(1, collection.listIndexes().into(new ArrayList<>()).size());
  }

  @Test
  void unique_holdsUnderEightWriters() throws Exception {
    collection.createIndex(Indexes.ascending("k"), UNIQUE);
    AtomicInteger stored = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    ExecutorService writers = Executors.newFixedThreadPool(8);
    for (int writer = 0; writer < 8; writer++) {
      writers.execute(
          () -> {
            for (int k = 0; k < 50; k++) {
              try {
                collection.insertOne(new Document("k", k));
                stored.incrementAndGet();
              } catch (MongoWriteException e) {
                refused.incrementAndGet();
              }
            }
          });
    }
    writers.shutdown();
    assertTrue(writers.awaitTermination(60, TimeUnit.SECONDS));
    assertEquals(50, stored.get());
    assertEquals(350, refused.get());
    assertEquals(50, collection.countDocuments());
  }

  @Test
  void upserts_ofOneKeyMakeOneDocument() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(8);
    for (int writer = 0; writer < 8; writer++) {
      writers.execute(
          () -> {
            for (int i = 0; i < 25; i++) {
              collection.updateOne(
                  Filters.eq("_id", "same"),
                  Updates.inc("n", 1),
                  new com.mongodb.client.model.UpdateOptions().upsert(true));
            }
          });
    }
    writers.shutdown();
    assertTrue(writers.awaitTermination(60, TimeUnit.SECONDS));
    assertEquals(json("_id: 'same', n: 200"), collection.find().first());
  }

  /** Whatever index there is, the answer is that of a scan. */
  @Test
  void indexes_changeNoAnswer() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      collection.insertOne(
          new Document("_id", i)
              .append("a", value(random))
              .append("b", random.nextInt(6))
              .append("c", List.of(random.nextInt(9), random.nextInt(9))));
    }
    List<String> filters =
        List.of(
            "a: 3",
            "a: 'v3'",
            "a: null",
            "a: {$gt: 4}",
            "a: {$gte: 'v2', $lt: 'v5'}",
            "a: {$in: [1, 'v1', null]}",
            "a: 3, b: 2",
            "a: 3, b: {$gt: 2}",
            "b: {$in: [1, 2]}",
            "c: 4",
            "c: {$gt: 3, $lt: 5}",
            "c: {$in: [1, 2]}",
            "c: {$all: [1, 2]}",
            "$or: [{a: 3}, {c: 7}]",
            "$or: [{a: 3}, {absent: 1}]",
            "a: {$ne: 3}",
            "c: {$size: 2}",
            "a: {$not: {$gt: 3}}",
            "_id: {$gte: 100, $lte: 110}",
            "a: 2, $or: [{b: 1}, {b: 2}]",
            "a: {$lt: 2.5}",
            "a: [1, 2]",
            "c: []");
    List<List<Document>> scanned = new ArrayList<>();
    filters.forEach(filter -> scanned.add(sorted(filter)));
    collection.createIndex(Indexes.ascending("a", "b"));
    collection.createIndex(Indexes.descending("b"));
    collection.createIndex(Indexes.ascending("c"));
    for (int i = 0; i < filters.size(); i++) {
      assertEquals(scanned.get(i), sorted(filters.get(i)), filters.get(i));
      assertEquals(new HashSet<>(scanned.get(i)), new HashSet<>(found(filters.get(i))));
    }
  }

  private List<Document> found(String filter) {
    return collection.find(json(filter)).into(new ArrayList<>());
  }

  private List<Document> sorted(String filter) {
    return collection
        .find(json(filter))
        .sort(Sorts.orderBy(Sorts.ascending("a", "b"), Sorts.descending("_id")))
        .into(new ArrayList<>());
  }

  private static Object value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1, 2 -> "v" + random.nextInt(6);
      case 3 -> (double) random.nextInt(6);
      case 4 -> (long) random.nextInt(6);
      case 5 -> List.of(random.nextInt(6), random.nextInt(6));
      default -> random.nextInt(6);
    };
  }

  @Test
  void indexes_giveOrderBothWays() {
    collection.createIndex(Indexes.ascending("t", "n"));
    for (int i = 0; i < 1000; i++) {
      collection.insertOne(new Document("_id", i).append("t", i % 2).append("n", (i * 7) % 1000));
    }
    List<Integer> up = numbers(Sorts.ascending("n"));
    List<Integer> down = numbers(Sorts.descending("n"));
    assertEquals(up.stream().sorted().toList(), up);
    assertEquals(500, up.size());
    assertEquals(up.get(499), down.get(0));
    assertEquals(up.get(0), down.get(499));
    assertEquals(999, collection.find().sort(Sorts.descending("_id")).first().get("_id"));
  }

  private List<Integer> numbers(org.bson.conversions.Bson sort) {
    return collection
        .find(Filters.eq("t", 1))
        .sort(sort)
        .map(document -> document.getInteger("n"))
        .into(new ArrayList<>());
  }

  @Test
  void indexes_makeLookupsCheap() {
    collection.createIndex(Indexes.ascending("keys"));
    List<Document> documents = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      documents.add(new Document("_id", i).append("keys", List.of("k" + i, "g" + i / 10)));
    }
    collection.insertMany(documents);
    Set<Object> found = new HashSet<>();
    assertTrue(
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> {
                  long start = System.nanoTime();
                  for (int i = 0; i < 100; i++) {
                    collection
                        .find(Filters.in("keys", "k" + i * 7, "g" + i))
                        .forEach(document -> found.add(document.get("_id")));
                  }
                  return System.nanoTime() - start < 1_000_000_000L;
                },
                fast -> fast));
    assertTrue(found.containsAll(List.of(0, 9, 693, 999)));
  }

  @Test
  void ttl_removesWhatIsPast() {
    collection.createIndex(
        Indexes.ascending("expires_at"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
    Date past = Date.from(Instant.now().minusSeconds(5));
    Date future = Date.from(Instant.now().plusSeconds(3600));
    collection.insertMany(
        List.of(
            new Document("_id", "past").append("expires_at", past),
            new Document("_id", "either").append("expires_at", List.of(future, past)),
            new Document("_id", "future").append("expires_at", future),
            new Document("_id", "text").append("expires_at", "yesterday"),
            new Document("_id", "never")));
    Awaitility.await()
        .untilAsserted(() -> assertEquals(List.of("future", "text", "never"), ids("")));
  }

  @Test
  void arrays_inTwoFieldsOfAnIndexAreRefused() {
    collection.createIndex(Indexes.ascending("a", "b"));
    refuses(171, "parallel arrays", () -> collection.insertOne(json("a: [1], b: [2]")));
    assertEquals(0, collection.countDocuments());
  }
}
