package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.StoreRelay;
import org.hippocamel.batching.Flow;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many callers who store at the same moment, and a store behind a relay that counts and breaks. */
class SharedWritesTest {
  private static final String PATH = "/v1/interactions";
  private static final int SLOTS = 2;

  private static final Path FOLDER = RunningBundle.newFolder();
  private static EmbeddedAtlas store;
  private static StoreRelay relay;
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;
  private static ExecutorService threads;

  @BeforeAll
  static void open() {
    store = EmbeddedAtlas.start(AtlasOptions.in(FOLDER.resolve("elsewhere")));
    relay = new StoreRelay(store.connectionString());
    stubbed =
        StubbedBundle.open(
            FOLDER,
            Map.of(
                "mongo.uri",
                relay.url(),
                // What is held and broken here are look-ups of memories, and nothing else.
                "spaces.watch-millis",
                "3600000",
                "mongo.bulk-calls",
                "" + SLOTS,
                "mongo.bulk-deadline-millis",
                "" + 20_000,
                // Nothing may ever wait for the safety net: here it would wait for a minute.
                "mongo.bulk-safety-millis",
                "60000",
                "limits.max-metadata-fields",
                "1000",
                "limits.max-metadata-chars",
                "100000"));
    bundle = stubbed.bundle();
    threads = Executors.newCachedThreadPool();
  }

  @AfterAll
  static void close() {
    threads.shutdownNow();
    relay.close();
    store.close();
    stubbed.close();
  }

  @AfterEach
  void everySlotIsFree() {
    relay.release();
    for (String name : List.of("lookUpFlow", "upsertFlow")) {
      Flow flow = bundle.bundle().camel().getRegistry().lookupByNameAndType(name, Flow.class);
      await(name).until(flow::inFlight, inFlight -> inFlight == 0);
    }
  }

  @Test
  void aCallerAlone_isAnsweredByOneCallOfEachKind() {
    relay.forget();
    assertEquals(201, store(item("alone", "nobody else is here")).join().status());
    assertEquals(2, relay.count("aggregate"));
    assertEquals(1, relay.count("update"));
    relay.forget();
    assertEquals(200, store(item("alone", "nobody else is here")).join().status());
    assertEquals(1, relay.count("aggregate"), "nothing is to be embedded: no twins are looked for");
    assertEquals(0, relay.count("update"));
  }

  @Test
  void callersAtTheSameMoment_shareLookUpsAndBulkWrites() {
    int callers = 60;
    relay.forget();
    stubbed.fresh();
    relay.hold("update");
    List<CompletableFuture<Answer>> all =
        IntStream.range(0, callers).mapToObj(i -> store(item("many-" + i, "voice " + i))).toList();
    await().until(() -> stubbed.embedded().size() == callers && relay.held() == SLOTS);
    relay.release();
    for (int i = 0; i < callers; i++) {
      Answer answer = all.get(i).join();
      assertEquals(201, answer.status(), answer.response().body());
      assertEquals("many-" + i, answer.json().get("id").asText());
      assertWhole("many-" + i, "voice " + i);
    }
    assertTrue(relay.count("update") <= callers / 4, relay.count("update") + " bulk writes");
    // Alone each would have made two; how many come at the same moment is the machine's business.
    assertTrue(relay.count("aggregate") < 2 * callers, relay.count("aggregate") + " look-ups");
  }

  @Test
  void aCaller_isNotAnsweredBeforeItsRowIsStored() {
    relay.hold("update");
    CompletableFuture<Answer> waiting = store(item("patient", "not yet"));
    await().until(() -> relay.held() == 1);
    assertTrue(!waiting.isDone());
    assertNull(row("patient"));
    relay.release();
    assertEquals(201, waiting.join().status());
    assertWhole("patient", "not yet");
  }

  @Test
  void callersWithOneId_areToldWhoMadeTheRow_andTheLastOnesRowIsWhole() {
    List<CompletableFuture<Answer>> all =
        inOneBulk(
            List.of(item("one-id", "first"), item("one-id", "second"), item("one-id", "first")));
    List<String> told = new ArrayList<>();
    all.forEach(one -> told.add(one.join().json().path("status").asText()));
    assertEquals(1, told.stream().filter("created"::equals).count(), told.toString());
    assertEquals(2, told.stream().filter("updated"::equals).count(), told.toString());
    String text = row("one-id").getString("text");
    assertWhole("one-id", text);
  }

  @Test
  void aRowThatTheStoreRefuses_failsItsOwnCallerAlone() {
    bundle
        .collection("memories")
        .createIndex(Indexes.ascending("session_id", "agent_id"), new IndexOptions().unique(true));
    try {
      store(with(item("taken", "was here before"), "session_id", "seat-1")).join();
      List<Map<String, Object>> items = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String seat = i == 5 ? "seat-1" : "free-" + i;
        items.add(with(item("seat-" + i, "sits down " + i), "session_id", seat));
      }
      List<CompletableFuture<Answer>> all = inOneBulk(items);
      for (int i = 0; i < all.size(); i++) {
        Answer answer = all.get(i).join();
        if (i == 5) {
          String detail = Refusal.of(ProblemKind.STORE_FAILED, answer);
          assertEquals("the store refused to write it: code 11000", detail);
          assertNull(row("seat-5"));
        } else {
          assertEquals(201, answer.status(), answer.response().body());
          assertWhole("seat-" + i, "sits down " + i);
        }
      }
      Answer list =
          bundle.postJson(
              PATH,
              List.of(
                  with(item("list-0", "sits"), "session_id", "list-0"),
                  with(item("list-1", "sits too"), "session_id", "seat-1"),
                  with(item("list-2", "sits as well"), "session_id", "list-2")));
      assertEquals(200, list.status(), list.response().body());
      assertEquals(2, list.json().get("stored").asInt(), list.response().body());
      assertEquals(
          "urn:hippocamel:problem:store-failed",
          list.json().at("/results/1/error/type").asText(),
          list.response().body());
    } finally {
      bundle.collection("memories").dropIndex("session_id_1_agent_id_1");
    }
  }

  @Test
  void aDocumentAboveMongosLimit_isRefusedByItsSize_andItsNeighboursAreStored() {
    Map<String, Object> metadata = new HashMap<>();
    for (int i = 0; i < 180; i++) {
      metadata.put("m" + i, "x".repeat(99_000));
    }
    List<CompletableFuture<Answer>> all =
        inOneBulk(
            List.of(
                item("small-1", "small"),
                with(item("huge", "huge"), "metadata", metadata),
                item("small-2", "small too")));
    String detail = Refusal.of(ProblemKind.TOO_LARGE, all.get(1).join());
    assertTrue(detail.contains("16777216, the largest document MongoDB takes"), detail);
    assertNull(row("huge"));
    assertEquals(201, all.get(0).join().status());
    assertEquals(201, all.get(2).join().status());
  }

  @Test
  void aConnectionThatBreaks_failsItsBulkAlone_andTheSameMayBeSentAgain() {
    relay.hold("update");
    CompletableFuture<Answer> before = store(item("safe", "in another bulk"));
    await().until(() -> relay.held() == 1);
    relay.breakNext("update", 1);
    String detail = Refusal.of(ProblemKind.UNAVAILABLE, store(item("broken", "on its way")).join());
    assertEquals("the store at mongo.uri does not answer", detail);
    assertTrue(!before.isDone());
    relay.release();
    assertEquals(201, before.join().status());
    assertWhole("safe", "in another bulk");
    assertNull(row("broken"));
    assertEquals(201, store(item("broken", "on its way")).join().status());
    assertWhole("broken", "on its way");
  }

  @Test
  void aLookUpThatFails_failsItsCallersAlone() {
    relay.hold("aggregate");
    CompletableFuture<Answer> before = store(item("looked", "in another look-up"));
    await().until(() -> relay.held() == 1);
    relay.breakNext("aggregate", 2); // the driver reads a second time
    Refusal.of(ProblemKind.UNAVAILABLE, store(item("unlooked", "not found out")).join());
    relay.release();
    assertEquals(201, before.join().status());
    assertEquals(201, store(item("unlooked", "not found out")).join().status());
  }

  /** Fills every slot, so that these wait together; then lets go. */
  private List<CompletableFuture<Answer>> inOneBulk(List<Map<String, Object>> items) {
    relay.hold("update");
    List<CompletableFuture<Answer>> fillers = new ArrayList<>();
    for (int slot = 1; slot <= SLOTS; slot++) {
      int held = slot;
      String text = "filler " + items.get(0).get("id") + slot;
      fillers.add(store(item("filler-" + text.hashCode(), text, "fillers")));
      await().until(() -> relay.held() == held);
    }
    stubbed.fresh();
    relay.forget();
    long texts = items.stream().map(item -> item.get("text")).distinct().count();
    List<CompletableFuture<Answer>> all = items.stream().map(SharedWritesTest::store).toList();
    await().until(() -> stubbed.embedded().stream().distinct().count() == texts);
    relay.release();
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    fillers.forEach(filler -> assertTrue(filler.join().status() < 300));
    assertTrue(relay.count("update") < items.size(), relay.count("update") + " bulk writes");
    return all;
  }

  private static CompletableFuture<Answer> store(Map<String, Object> item) {
    return CompletableFuture.supplyAsync(() -> bundle.postJson(PATH, item), threads);
  }

  private static Map<String, Object> item(String id, String text) {
    return item(id, text, "a-" + id);
  }

  private static Map<String, Object> item(String id, String text, String agent) {
    return Map.of("id", id, "agent_id", agent, "session_id", id, "text", text);
  }

  private static Map<String, Object> with(Map<String, Object> item, String field, Object value) {
    Map<String, Object> more = new HashMap<>(item);
    more.put(field, value);
    more.put("agent_id", "together");
    return more;
  }

  private static Document row(String id) {
    return bundle.collection("memories").find(eq("_id", "default:" + id)).first();
  }

  private static void assertWhole(String id, String text) {
    Document row = row(id);
    assertEquals(text, row.get("text"));
    BinaryVector vector =
        (BinaryVector) row.get("vectors", Document.class).values().iterator().next();
    assertArrayEquals(StubTei.vector(text, 384), vector.asFloat32Vector().getData());
  }
}
