package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.embedded.tei.own.TinyModel;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code POST /v1/rerank} and reranked searches, by a tiny cross-encoder in the bundle's process.
 */
class OwnRerankerRouteTest {
  private static final String RERANK = "/v1/rerank";
  private static final String RIGHT = "paris is the capital of france";
  private static final String NEAR = "a capital";
  private static final String WRONG = "olives";

  @TempDir static Path directory;
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    TinyModel.in(directory, 1)
        .longest(64)
        .word("capital", 0.1f)
        .word("paris", 0.1f)
        .word("olives", -0.1f)
        .classifier("LABEL_0");
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of(
                "tei.rerank-model-directory", directory.toString(),
                "rerank.api-key", "sesame",
                "rerank.max-documents", "100",
                "rerank.deadline-millis", "30000"));
    bundle = stubbed.bundle();
    await().until(() -> rerank(Map.of("documents", List.of(RIGHT))).status() == 200);
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  /** As LangChain4j's JinaScoringModel asks, and what it reads of the answer. */
  @Test
  void rerank_answersJinasClients() {
    Answer answer =
        rerank(
            Map.of(
                "model",
                "jina-reranker-v2-base-multilingual",
                "documents",
                List.of(WRONG, RIGHT, NEAR),
                "return_documents",
                false));
    assertEquals(200, answer.status(), answer.response().body());
    Map<Integer, Double> scores = new TreeMap<>();
    answer
        .json()
        .get("results")
        .forEach(
            result ->
                scores.put(result.get("index").asInt(), result.get("relevance_score").asDouble()));
    assertEquals(3, scores.size());
    assertEquals(sigmoid(0.1 - 1), scores.get(0), 1e-6);
    assertEquals(sigmoid(0.1 + 2), scores.get(1), 1e-6);
    assertEquals(sigmoid(0.1 + 1), scores.get(2), 1e-6);
    assertTrue(answer.json().at("/usage/prompt_tokens").isInt());
    assertTrue(answer.json().at("/usage/total_tokens").asInt() >= 3 * 6);
    assertFalse(answer.json().at("/results/0").has("document"));
  }

  /** As LangChain4j's CohereScoringModel asks, and what it reads of the answer. */
  @Test
  void rerank_answersCoheresClients() {
    Answer answer =
        rerank(Map.of("model", "rerank-v3.5", "documents", List.of(WRONG, RIGHT), "top_n", 1));
    assertEquals(1, answer.json().get("results").size());
    assertEquals(1, answer.json().at("/results/0/index").asInt());
    assertTrue(answer.json().at("/meta/billed_units/search_units").isInt());
    assertEquals("1", answer.json().at("/meta/api_version/version").asText());
  }

  @Test
  void rerank_showsTheModelAndTheDocuments() {
    Answer answer = rerank(Map.of("documents", List.of(WRONG, Map.of("text", RIGHT))));
    assertEquals(directory.toString(), answer.json().get("model").asText());
    assertEquals(RIGHT, answer.json().at("/results/0/document/text").asText());
    assertEquals(WRONG, answer.json().at("/results/1/document/text").asText());
  }

  @Test
  void rerank_ordersMoreThanACallHolds() {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      documents.add("capital ".repeat(i % 20) + "x");
    }
    JsonNode results = rerank(Map.of("documents", documents)).json().get("results");
    assertEquals(100, results.size());
    double last = 1;
    for (JsonNode result : results) {
      double score = result.get("relevance_score").asDouble();
      assertEquals(sigmoid(0.1 + result.get("index").asInt() % 20), score, 1e-5);
      assertTrue(score <= last);
      last = score;
    }
  }

  @Test
  void rerank_refusesWhatItsBoundsForbid() {
    Refusal.of(ProblemKind.INVALID, rerank(Map.of("documents", List.of())));
    Refusal.of(ProblemKind.MALFORMED, bundle.post(RERANK, "{"));
    Answer many = rerank(Map.of("documents", java.util.Collections.nCopies(101, "a")));
    Refusal.of(ProblemKind.INVALID, many);
    assertEquals(
        "documents must hold 1 to 100 (rerank.max-documents) texts, it holds 101",
        many.json().get("detail").asText());
  }

  @Test
  void search_isInTheRerankersOrder() {
    store();
    Answer answer =
        bundle.postJson(
            "/v1/search", Map.of("query", "capital?", "rerank", true, "limit", 2, "explain", true));
    assertTrue(answer.json().get("reranked").asBoolean(), answer.response().body());
    assertFalse(answer.json().has("rerank_reason"));
    JsonNode results = answer.json().get("results");
    assertEquals(List.of(RIGHT, NEAR), results.findValuesAsText("text"));
    assertEquals(sigmoid(0.1 + 2), results.at("/0/score").asDouble(), 1e-6);
    assertEquals(1, results.at("/0/explain/rerank/rank").asInt());
    assertEquals(sigmoid(0.1 + 1), results.at("/1/explain/rerank/score").asDouble(), 1e-6);
    assertTrue(results.at("/1/explain/fused/rank").asInt() > 0);
    assertTrue(results.at("/1/explain").has("vector"));
  }

  @Test
  void search_isNotReranked_unlessItIsAskedFor() {
    store();
    Answer answer = bundle.post("/v1/interactions/search", "{\"query\": \"capital?\"}");
    assertFalse(answer.json().get("reranked").asBoolean());
    assertFalse(answer.json().has("rerank_reason"));
    assertEquals(3, answer.json().get("results").size());
  }

  @Test
  void search_thatFindsNothing_isDone() {
    Answer answer =
        bundle.postJson(
            "/v1/search", Map.of("query", "capital?", "rerank", true, "agent_id", "nobody"));
    assertTrue(answer.json().get("reranked").asBoolean(), answer.response().body());
    assertEquals(0, answer.json().get("results").size());
  }

  private static void store() {
    for (String text : List.of(RIGHT, NEAR, WRONG)) {
      bundle.postJson("/v1/interactions", Map.of("agent_id", "a", "text", text));
    }
  }

  @Test
  void rerank_isCounted() {
    rerank(Map.of("documents", List.of(RIGHT)));
    String metrics = bundle.manage("/observe/metrics").response().body();
    for (String series :
        List.of(
            "hippocamel_rerank_calls_total ",
            "hippocamel_rerank_texts_total ",
            "hippocamel_rerank_refused_total ",
            "hippocamel_rerank_fallbacks_total{reason=\"too-slow\"} ",
            "hippocamel_rerank_seconds_bucket{le=\"0.25\"} ",
            "hippocamel_rerank_seconds_count ")) {
      assertTrue(metrics.contains("\n" + series), series + "\n" + metrics);
    }
  }

  private static Answer rerank(Map<String, Object> more) {
    Map<String, Object> body = new TreeMap<>(more);
    body.put("query", "capital?");
    return bundle.postJson(RERANK, body);
  }

  private static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
