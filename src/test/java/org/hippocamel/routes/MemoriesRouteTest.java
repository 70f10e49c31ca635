package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking up and forgetting one memory over REST. */
class MemoriesRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void memory_isShownWithoutVectorAndBookkeeping() throws Exception {
    store("shown", Map.of("session_id", "s", "metadata", Map.of("published", "2026-01-31")));
    JsonNode memory = bundle.get("/v1/memories/shown").json();
    Set<String> names = new TreeSet<>();
    memory.fieldNames().forEachRemaining(names::add);
    assertEquals(
        new TreeSet<>(
            Set.of(
                "id",
                "kind",
                "agent_id",
                "session_id",
                "text",
                "metadata",
                "occurred_at",
                "created_at",
                "updated_at")),
        names);
    assertEquals("shown", memory.get("id").asText());
    assertEquals("text of shown", memory.get("text").asText());
    assertEquals(
        new ObjectMapper().readTree("{\"published\": \"2026-01-31T00:00:00Z\"}"),
        memory.get("metadata"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "../up",
        "größe-日本-🐪",
        "a b+c",
        "100%",
        "%2F",
        "a:b",
        "a?b#c&d=e",
        "{id}",
        "null",
        "'q'",
        "\"q\"",
        "true",
        "${body}",
        "a\\b\"c'"
      })
  void memory_canHaveAnyId(String id) {
    store(id, Map.of());
    Answer answer = bundle.get(path(id));
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(id, answer.json().get("id").asText());
    assertEquals(204, bundle.delete(path(id)).status());
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get(path(id)));
  }

  @Test
  void memory_isTheOneInThePathWhateverElseIsSent() {
    store("in-path", Map.of());
    store("elsewhere", Map.of());
    Answer answer = bundle.get("/v1/memories/in-path?id=elsewhere", "id", "elsewhere");
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals("in-path", answer.json().get("id").asText());
    assertEquals(
        204, bundle.delete("/v1/memories/in-path?id=elsewhere", "id", "elsewhere").status());
    assertEquals(200, bundle.get("/v1/memories/elsewhere").status());
  }

  @Test
  void memory_thatIsNotThereIsNotFound() {
    String detail = Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/memories/nobody"));
    assertEquals("no memory with id \"nobody\"", detail);
    Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/memories/nobody"));
    String longOne =
        Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/memories/" + "x".repeat(3000)));
    assertTrue(longOne.length() < 200, longOne);
  }

  @Test
  void memory_deletedIsGoneFromTheStoreAndOnlyIt() {
    store("keep", Map.of());
    store("drop", Map.of());
    Answer answer = bundle.delete("/v1/memories/drop");
    assertEquals(204, answer.status());
    assertEquals("", answer.response().body());
    assertEquals(0, count("drop"));
    assertEquals(1, count("keep"));
    Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/memories/drop"));
  }

  @Test
  void memory_canBeForgottenWhileTeiIsAway() {
    store("offline", Map.of());
    stubbed.tei().stop();
    try {
      assertEquals(200, bundle.get("/v1/memories/offline").status());
      assertEquals(204, bundle.delete("/v1/memories/offline").status());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
  }

  private static long count(String id) {
    return bundle.collection("memories").countDocuments(eq("_id", "default:" + id));
  }

  private static void store(String id, Map<String, ?> more) {
    Map<String, Object> item = new java.util.HashMap<>(more);
    item.putAll(Map.of("id", id, "agent_id", "a", "text", "text of " + id));
    Answer answer = bundle.postJson("/v1/interactions", item);
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static String path(String id) {
    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    return "/v1/memories/" + encoded.replace(".", "%2E");
  }
}
