package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BinaryVector;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Storing interactions over REST, and what is in the store afterwards. */
class RememberRouteTest {
  private static final int DIMENSIONS = 384;
  private static final String PATH = "/v1/interactions";

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;
  private static StubTei tei;
  private static String space;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
    tei = stubbed.tei();
    space = bundle.space();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void remember_storesEverythingThatWasSaid() {
    Instant before = Instant.now().minusMillis(1);
    Answer answer =
        bundle.post(
            PATH,
            """
            {"id": "full", "agent_id": "a-full", "session_id": "s-1", "text": " Brot & Käse 🐪 ",
             "metadata": {"topic": "food", "year": 2026, "weight": 1.5, "fresh": true,
               "tags": ["a", "b"], "published": "2026-01-31", "nothing": null},
             "occurred_at": "2026-01-31T12:00:00+02:00", "links": ["order-42"],
             "expires_at": "2126-01-01"}""");
    assertEquals(201, answer.status(), answer.response().body());
    assertEquals("{\"id\":\"full\",\"status\":\"created\"}", answer.response().body());

    Document row = row("full");
    assertEquals("default", row.get("tenant"));
    assertEquals("interaction", row.get("kind"));
    assertEquals("a-full", row.get("agent_id"));
    assertEquals("s-1", row.get("session_id"));
    assertEquals(" Brot & Käse 🐪 ", row.get("text"));
    assertEquals(
        new Document("fresh", true)
            .append("published", Date.from(Instant.parse("2026-01-31T00:00:00Z")))
            .append("tags", List.of("a", "b"))
            .append("topic", "food")
            .append("weight", 1.5)
            .append("year", 2026L),
        row.get("metadata"));
    assertEquals(Date.from(Instant.parse("2026-01-31T10:00:00Z")), row.get("occurred_at"));
    assertEquals(Date.from(Instant.parse("2126-01-01T00:00:00Z")), row.get("expires_at"));
    assertEquals(
        List.of("link:full", "link:order-42", "entity:käse", "session:s-1"), row.get("keys"));
    assertTrue(row.getString("hash").matches("[0-9a-f]{64}"));
    assertTrue(row.getString("digest").matches("[0-9a-f]{16}"));
    assertTrue(row.getDate("created_at").toInstant().isAfter(before));
    assertEquals(row.get("created_at"), row.get("updated_at"));
    assertArrayEquals(StubTei.vector(" Brot & Käse 🐪 ", DIMENSIONS), vector(row));
  }

  @Test
  void remember_takesNowWhenNothingSaysWhenItHappened() {
    store("now", "a-now", "no date");
    Document row = row("now");
    assertEquals(row.get("created_at"), row.get("occurred_at"));
    assertFalse(row.containsKey("expires_at"));
    assertFalse(row.containsKey("session_id"));
  }

  @Test
  void remember_leavesARepetitionAlone() {
    store("again", "a-again", "the same");
    Document first = row("again");
    stubbed.fresh();
    Answer answer = store("again", "a-again", "the same");
    assertEquals(200, answer.status());
    assertEquals("unchanged", answer.json().get("status").asText());
    assertEquals(first, row("again"));
    assertEquals(List.of(), tei.calls());
  }

  @Test
  void remember_embedsAChangedTextAndKeepsWhenItWasCreated() {
    store("changed", "a-changed", "before");
    Document first = row("changed");
    stubbed.fresh();
    Answer answer = store("changed", "a-changed", "after");
    assertEquals(200, answer.status());
    assertEquals("updated", answer.json().get("status").asText());
    Document second = row("changed");
    assertEquals(first.get("created_at"), second.get("created_at"));
    assertEquals(first.get("occurred_at"), second.get("occurred_at"));
    assertFalse(second.getDate("updated_at").before(first.getDate("updated_at")));
    assertArrayEquals(StubTei.vector("after", DIMENSIONS), vector(second));
    assertEquals(List.of("after"), stubbed.embedded());
  }

  @Test
  void remember_changesMetadataWithoutEmbeddingAgain() {
    store("meta", "a-meta", "text", Map.of("topic", "old", "gone", 1), Map.of("session_id", "s"));
    Document first = row("meta");
    stubbed.fresh();
    Answer answer = store("meta", "a-meta", "text", Map.of("topic", "new"), Map.of());
    assertEquals("updated", answer.json().get("status").asText());
    Document second = row("meta");
    assertEquals(new Document("topic", "new"), second.get("metadata"));
    assertFalse(second.containsKey("session_id"));
    assertEquals(List.of("link:meta"), second.get("keys"));
    assertEquals(first.get("hash"), second.get("hash"));
    assertArrayEquals(vector(first), vector(second));
    assertEquals(List.of(), tei.calls());
  }

  @Test
  void remember_takesTheVectorOfTheSameTextUnderAnotherId() {
    store("twin-1", "a-twin", "one text, two ids");
    stubbed.fresh();
    assertEquals(201, store("twin-2", "b-twin", "one text, two ids").status());
    assertArrayEquals(vector(row("twin-1")), vector(row("twin-2")));
    assertEquals(List.of(), tei.calls());
  }

  @Test
  void remember_embedsATextOnceThatStandsTwiceInARequest() {
    Answer answer =
        bundle.postJson(
            PATH, List.of(item("d-1", "a-dup", "double"), item("d-2", "a-dup", "double")));
    assertEquals(2, answer.json().get("stored").asInt());
    assertEquals(List.of("double"), stubbed.embedded());
    assertArrayEquals(vector(row("d-1")), vector(row("d-2")));
  }

  @Test
  void remember_makesAnIdOfTheContent() {
    Map<String, Object> said = Map.of("agent_id", "a-id", "text", "who am I?");
    Answer first = bundle.postJson(PATH, said);
    Answer second = bundle.postJson(PATH, said);
    Answer other = bundle.postJson(PATH, Map.of("agent_id", "b-id", "text", "who am I?"));
    assertEquals(List.of(201, 200, 201), statuses(first, second, other));
    assertTrue(first.json().get("id").asText().matches("[0-9a-f]{32}"));
    assertEquals(first.json().get("id"), second.json().get("id"));
    assertFalse(first.json().get("id").equals(other.json().get("id")));
  }

  @Test
  void remember_storesTheNeighboursOfFaultyItems() {
    Answer answer =
        bundle.post(
            PATH,
            """
            [{"id": "n-0", "agent_id": "a-n", "text": "good"},
             {"id": "n-1", "agent_id": "a-n", "text": " "},
             {"id": "n-2", "agent_id": "a-n", "text": "good", "colour": "red"},
             7,
             {"id": "n-4", "agent_id": "a-n", "text": "good too", "metadata": {"year": "late"}},
             {"id": "n-5", "agent_id": "a-n", "text": "good as well"}]""");
    assertEquals(200, answer.status(), answer.response().body());
    JsonNode json = answer.json();
    assertEquals("{\"id\":\"n-0\",\"status\":\"created\"}", json.at("/results/0").toString());
    assertEquals("/1/text", json.at("/results/1/error/errors/0/pointer").asText());
    assertEquals("/2/colour", json.at("/results/2/error/errors/0/pointer").asText());
    assertEquals("/3", json.at("/results/3/error/errors/0/pointer").asText());
    assertEquals("/4/metadata/year", json.at("/results/4/error/errors/0/pointer").asText());
    assertEquals(422, json.at("/results/4/error/status").asInt());
    assertEquals("created", json.at("/results/5/status").asText());
    assertEquals(2, json.get("stored").asInt());
    assertEquals(4, json.get("failed").asInt());
    assertEquals(Set.of("n-0", "n-5"), ids("a-n"));
  }

  @Test
  void remember_takesOneObjectALine() {
    byte[] lines =
        """
        {"id": "l-0", "agent_id": "a-l", "text": "first line"}

        {"id": "l-2", "agent_id": "a-l", "text": "broken
        {"id": "l-3", "agent_id": "a-l", "text": "last line"}"""
            .getBytes(StandardCharsets.UTF_8);
    Answer answer = bundle.post(PATH, lines, "application/x-ndjson");
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(3, answer.json().get("results").size());
    JsonNode error = answer.json().at("/results/1/error");
    assertEquals(400, error.get("status").asInt());
    assertTrue(error.get("detail").asText().contains("line 3"), error.toString());
    assertEquals(Set.of("l-0", "l-3"), ids("a-l"));
  }

  @Test
  void remember_storesManyAtOnce() {
    List<Map<String, Object>> items =
        IntStream.range(0, 1000).mapToObj(i -> item("many-" + i, "a-many", "text " + i)).toList();
    Answer answer = bundle.postJson(PATH, items);
    assertEquals(1000, answer.json().get("stored").asInt(), answer.response().body());
    assertEquals(1000, bundle.collection("memories").countDocuments(eq("agent_id", "a-many")));
    assertArrayEquals(StubTei.vector("text 777", DIMENSIONS), vector(row("many-777")));
    assertEquals(1000, stubbed.embedded().size());
  }

  @Test
  void remember_refusesMoreThanTheLimitOfItems() {
    List<Map<String, Object>> items =
        IntStream.range(0, 1001).mapToObj(i -> item("over-" + i, "a-over", "text " + i)).toList();
    String detail = Refusal.of(ProblemKind.TOO_LARGE, bundle.postJson(PATH, items));
    assertTrue(detail.contains("limits.max-items"), detail);
    assertEquals(Set.of(), ids("a-over"));
  }

  @Test
  void remember_refusesWhatItCannotStoreByName() {
    Answer answer =
        bundle.post(PATH, "{\"agent_id\": \"a-bad\", \"text\": \"\", \"tenant\": \"acme\"}");
    Refusal.field("/text", "must not be empty", answer);
    Refusal.field("/tenant", "comes from the API key", answer);
    assertEquals(Set.of(), ids("a-bad"));
  }

  @Test
  void remember_refusesOnlyTheTextThatTeiRefuses() {
    tei.fail(text -> text.contains("poison"), 422, "{\"error\":\"no\",\"error_type\":\"Tok\"}");
    List<Map<String, Object>> items =
        IntStream.range(0, 40)
            .mapToObj(i -> item("p-" + i, "a-poison", i == 20 ? "poison" : "clean " + i))
            .toList();
    Answer answer = bundle.postJson(PATH, items);
    assertEquals(200, answer.status());
    assertEquals(39, answer.json().get("stored").asInt(), answer.response().body());
    JsonNode error = answer.json().at("/results/20/error");
    assertEquals("urn:hippocamel:problem:embedder-failed", error.get("type").asText());
    assertEquals(39, ids("a-poison").size());
    assertFalse(ids("a-poison").contains("p-20"));
  }

  @Test
  void remember_saysThatTeiRefusesASingleText() {
    tei.fail(text -> text.contains("venom"), 422, "{\"error\":\"no\",\"error_type\":\"Tok\"}");
    String detail =
        Refusal.of(ProblemKind.EMBEDDER_FAILED, store("venom", "a-venom", "some venom"));
    assertTrue(detail.contains("answered 422"), detail);
    assertNull(row("venom"));
  }

  @Test
  void remember_storesEqualPostsAtTheSameMomentOnce() {
    int callers = 16;
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<CompletableFuture<Answer>> posts = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        posts.add(CompletableFuture.supplyAsync(() -> postAfter(go), threads));
      }
      go.countDown();
      Set<String> ids =
          posts.stream()
              .map(CompletableFuture::join)
              .peek(answer -> assertTrue(answer.status() < 300, answer.response().body()))
              .map(answer -> answer.json().get("id").asText())
              .collect(Collectors.toSet());
      assertEquals(1, ids.size());
    } finally {
      threads.shutdown();
    }
    assertEquals(1, bundle.collection("memories").countDocuments(eq("agent_id", "a-race")));
  }

  private static Answer postAfter(CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return bundle.postJson(PATH, Map.of("agent_id", "a-race", "text", "all at once"));
  }

  @Test
  void remember_storesNothingWhileTeiIsAwayAndServesAgainAfterwards() {
    tei.stop();
    try {
      String detail =
          Refusal.of(ProblemKind.UNAVAILABLE, store("away", "a-away", "is anybody there?"));
      assertTrue(detail.startsWith("the embedder at tei.url does not answer"), detail);
      assertEquals(Set.of(), ids("a-away"));
    } finally {
      tei.restartOnSamePort();
    }
    assertEquals(201, store("away", "a-away", "is anybody there?").status());
  }

  @Test
  void remember_saysThatTeiIsOverloaded() {
    tei.failNext(50, 429, "{\"error\":\"Model is overloaded\",\"error_type\":\"Overloaded\"}");
    Refusal.of(ProblemKind.OVERLOADED, store("busy", "a-busy", "later"));
    assertEquals(Set.of(), ids("a-busy"));
  }

  @Test
  void remember_refusesAVectorOfAnotherLength() {
    tei.failNext(1, 200, answerOf(new float[] {1, 0, 0}));
    String detail = Refusal.of(ProblemKind.EMBEDDER_FAILED, store("short", "a-short", "short"));
    assertTrue(detail.contains("3 dimensions, the active space has 384"), detail);
    assertNull(row("short"));
  }

  @Test
  void remember_refusesAVectorThatIsNotANumber() {
    float[] vector = new float[DIMENSIONS];
    vector[7] = Float.NaN;
    tei.failNext(1, 200, answerOf(vector));
    String detail = Refusal.of(ProblemKind.EMBEDDER_FAILED, store("nan", "a-nan", "nan"));
    assertTrue(detail.contains("NaN"), detail);
    assertNull(row("nan"));
  }

  @Test
  void remember_refusesAnAnswerThatIsNotTeis() {
    tei.failNext(1, 200, "<html>a proxy</html>");
    Refusal.of(ProblemKind.EMBEDDER_FAILED, store("proxy", "a-proxy", "proxy"));
    assertNull(row("proxy"));
  }

  private static String answerOf(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"embedding\":\""
        + Base64.getEncoder().encodeToString(bytes.array())
        + "\",\"index\":0}],\"model\":\"BAAI/bge-small-en-v1.5\",\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}";
  }

  private static Answer store(String id, String agent, String text) {
    return bundle.postJson(PATH, item(id, agent, text));
  }

  private static Answer store(
      String id, String agent, String text, Map<String, ?> metadata, Map<String, ?> more) {
    Map<String, Object> item = new java.util.HashMap<>(item(id, agent, text));
    item.put("metadata", metadata);
    item.putAll(more);
    return bundle.postJson(PATH, item);
  }

  private static Map<String, Object> item(String id, String agent, String text) {
    return Map.of("id", id, "agent_id", agent, "text", text);
  }

  private static List<Integer> statuses(Answer... answers) {
    return java.util.Arrays.stream(answers).map(Answer::status).toList();
  }

  private static Document row(String id) {
    return bundle.collection("memories").find(eq("_id", "default:" + id)).first();
  }

  private static Set<String> ids(String agent) {
    return bundle
        .collection("memories")
        .find(eq("agent_id", agent))
        .map(row -> row.getString("_id").substring("default:".length()))
        .into(new java.util.HashSet<>());
  }

  private static float[] vector(Document row) {
    Document vectors = row.get("vectors", Document.class);
    assertEquals(Set.of(space), vectors.keySet());
    return ((BinaryVector) vectors.get(space)).asFloat32Vector().getData();
  }
}
