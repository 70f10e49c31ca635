package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Searches that a second space answers as well. */
class ShadowRouteTest {
  private static TwoModels models;

  @BeforeAll
  static void open() {
    models = TwoModels.open(Map.of("shadow.share", "1"));
    models.building("ready");
    await().until(() -> models.bundle().get("/v1/spaces").json().get("spaces").size() == 2);
    for (String id : List.of("a", "b", "c")) {
      Map<String, ?> memory = Map.of("id", id, "agent_id", "x", "text", "words of " + id);
      assertEquals(201, models.bundle().postJson("/v1/interactions", memory).status());
    }
    Map<String, ?> there = Map.of("space", NEW, "mode", "vector");
    await().until(() -> search(there).json().path("results").size() == 3);
    await().until(() -> search(Map.of("mode", "vector")).json().path("results").size() == 3);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @BeforeEach
  void forget() {
    await()
        .until(() -> models.bundle().bundle().camel().getInflightRepository().size("shadow") == 0);
    models.bundle().collection("shadow_log").deleteMany(new Document());
  }

  @Test
  void search_isComparedWithTheOtherSpace_withoutItsWords() {
    Answer answer = search(Map.of("mode", "vector", "limit", 2));
    assertEquals(OLD, answer.json().get("space").asText());
    JsonNode found = comparison();
    assertEquals(OLD, found.get("space").asText());
    assertEquals(NEW, found.get("other").asText());
    assertEquals(1, found.get("searches").asInt());
    double overlap = found.at("/overlap/mean").asDouble();
    assertTrue(Set.of(0.5, 1.0).contains(overlap), found.toString());
    assertTrue(found.at("/latency_ms/p50").asDouble() > 0, found.toString());
    assertTrue(found.at("/other_latency_ms/p99").asDouble() > 0, found.toString());
    Document row = models.bundle().collection("shadow_log").find().first();
    assertEquals(2, row.getInteger("k"));
    assertTrue(!row.toJson().contains("words"), row.toJson());
  }

  @Test
  void words_areTheSameInBothSpaces() {
    search(Map.of("mode", "lexical", "limit", 3));
    JsonNode found = comparison();
    assertEquals(1, found.at("/overlap/mean").asDouble(), found.toString());
    assertEquals(1, found.at("/tau/mean").asDouble(), found.toString());
  }

  @Test
  void furtherPages_namedSpaces_andUnfinishedSpaces_areLeftAlone() {
    String cursor = search(Map.of("limit", 1)).json().get("next_cursor").asText();
    comparison();
    search(Map.of("limit", 1, "cursor", cursor));
    search(Map.of("space", NEW));
    search(Map.of("space", OLD));
    models.state(NEW, "building");
    await().until(() -> search(Map.of("space", NEW)).status() == 409);
    search(Map.of());
    models.state(NEW, "ready");
    await().until(() -> search(Map.of("space", NEW)).status() == 200);
    search(Map.of("mode", "lexical"));
    await().until(() -> rows() >= 2);
    assertEquals(2, rows());
  }

  @Test
  void callers_noticeNothing_whenTheOtherEmbedderIsAway() {
    double before = failed();
    models.next().failNext(1, 422, "{}");
    Answer answer = search(Map.of("mode", "vector", "query", "words that no cache knows"));
    assertEquals(3, answer.json().get("results").size());
    assertNull(answer.json().get("degraded"));
    await().until(() -> failed() == before + 1);
    assertEquals(0, rows());
  }

  private static double failed() {
    String name = "hippocamel_shadow_searches_total{outcome=\"failed\"} ";
    return models
        .bundle()
        .manage("/observe/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  private static long rows() {
    return models.bundle().collection("shadow_log").countDocuments();
  }

  private static JsonNode comparison() {
    return await()
        .until(
            () -> models.bundle().get("/v1/spaces/compare").json().at("/comparisons/0"),
            one -> !one.isMissingNode());
  }

  private static Answer search(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(Map.of("query", "words"));
    body.putAll(more);
    return models.bundle().postJson("/v1/search", body);
  }
}
