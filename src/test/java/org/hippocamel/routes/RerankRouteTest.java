package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.rerank.Obstacle;
import org.hippocamel.rerank.RerankCounts;
import org.hippocamel.rerank.RerankRequest;
import org.hippocamel.rerank.Reranked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What callers of {@code direct:rerank} get while a reranker behaves and misbehaves. This is the
 * table in docs/architecture.md.
 */
class RerankRouteTest {
  private static final String MODEL = "acme/reranker";
  private static final String QUERY = "which of them?";

  private static StubTei tei;
  private static StubTei reranker;
  private static RunningBundle bundle;
  private static ProducerTemplate template;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    reranker = new StubTei(options());
    bundle =
        RunningBundle.open(
            Map.of(
                "tei.url", tei.url(),
                "tei.probe-millis", "20",
                "tei.check-millis", "4800",
                "tei.failures", "2",
                "rerank.url", reranker.url(),
                "rerank.api-key", "sesame",
                "rerank.calls", "2",
                "rerank.deadline-millis", "500"));
    template = bundle.bundle().camel().createProducerTemplate();
  }

  private static StubTei.Options options() {
    return StubTei.Options.defaults().asReranker(MODEL).withApiKey("sesame");
  }

  @AfterAll
  static void close() {
    bundle.close();
    reranker.close();
    tei.close();
  }

  @BeforeEach
  void fresh() {
    reranker.heal();
    await().until(() -> rerank(texts("fresh", 1)).done());
    reranker.forgetCalls();
  }

  @Test
  void texts_areScoredInTheirOrder_inCallsThatTheServerTakes() {
    List<String> texts = texts("many", 200);
    Reranked reranked = rerank(texts);
    assertScores(texts, reranked);
    assertEquals(MODEL, reranked.modelId());
    assertEquals(200 * (2 + 4 + 2 + 2), reranked.tokens());
    assertEquals(
        List.of(26, 29, 29, 29, 29, 29, 29),
        reranker.calls().stream().map(call -> call.texts().size()).sorted().toList());
    assertTrue(reranker.maxTextsInFlight() <= 2 * 29, reranker.counts().toString());
    assertTrue(reranker.calls().get(0).body().get("truncate").asBoolean());
    assertFalse(reranker.calls().get(0).body().get("raw_scores").asBoolean());
  }

  @Test
  void noTexts_needNoCall() {
    Reranked reranked = rerank(List.of());
    assertTrue(reranked.done());
    assertEquals(List.of(), reranked.scores());
    assertEquals(0, reranker.counts().calls());
  }

  @Test
  void logits_becomeProbabilities() {
    reranker.play("always logits");
    List<String> texts = texts("logits", 40);
    assertScores(texts, rerank(texts));
  }

  @Test
  void slow_isAnsweredAtTheDeadline() {
    reranker.play("calls 1 slow 20s");
    Reranked reranked = search(texts("slow", 3));
    assertEquals("too slow: no scores within 500 ms (rerank.deadline-millis)", reranked.reason());
    assertEquals(List.of(), reranked.scores());
  }

  @Test
  void overloaded_isNotAskedAgain() {
    reranker.play("calls 1 overloaded");
    Reranked reranked = rerank(texts("overloaded", 3));
    assertEquals(Obstacle.OVERLOADED, reranked.obstacle());
    assertTrue(
        reranked.reason().startsWith("overloaded: the reranker at rerank.url answered 429: "),
        reranked.reason());
    assertEquals(1, reranker.counts().calls());
    assertTrue(rerank(texts("overloaded", 3)).done());
  }

  @Test
  void badText_costsItsOwnScoreOnly() {
    for (String fault : List.of("invalid", "too-large", "out-of-memory")) {
      reranker.play("text \"poison\" " + fault);
      List<String> texts = List.of("one", "two", "poison", "four", "five");
      Reranked reranked = rerank(texts);
      assertTrue(reranked.done(), reranked.reason());
      assertEquals(0, reranked.scores().get(2));
      for (int i : List.of(0, 1, 3, 4)) {
        assertEquals(probability(texts.get(i)), reranked.scores().get(i), 1e-6, fault);
      }
    }
  }

  @Test
  void everyTextRefused_isAFailure() {
    reranker.play("always invalid");
    Reranked reranked = rerank(texts("refused", 64));
    assertEquals(Obstacle.FAILED, reranked.obstacle());
    assertTrue(reranked.reason().contains("answered 422"), reranked.reason());
    assertTrue(reranker.counts().calls() <= 40, reranker.counts().toString());
  }

  @Test
  void wrongAnswers_areNoScores() {
    Map.of(
            "null", "failed: the reranker answered with a score that is no number",
            "missing", "failed: the reranker answered with 2 scores for 3 texts",
            "twice", "failed: the reranker answered with a score for text 2 of 3",
            "status 500", "failed: the reranker at rerank.url answered 500: (no text)")
        .forEach(
            (fault, reason) -> {
              reranker.play("calls 1 " + fault);
              assertEquals(reason, rerank(texts("wrong", 3)).reason());
            });
  }

  @Test
  void lostConnections_areReplaced() {
    for (String fault : List.of("calls 1..2 reset", "calls 1..2 drop", "always hang-up")) {
      reranker.play(fault);
      for (int i = 0; i < 4; i++) {
        assertScores(texts(fault, 40), rerank(texts(fault, 40)));
      }
    }
  }

  @Test
  void lostForGood_isUnavailable() {
    for (String fault : List.of("always reset", "always drop", "calls 1 unavailable")) {
      reranker.play(fault);
      assertEquals(Obstacle.UNAVAILABLE, rerank(texts(fault, 3)).obstacle(), fault);
      reranker.heal();
      await().until(() -> rerank(texts(fault, 3)).done());
    }
  }

  @Test
  void deadReranker_isNotAsked_andTakenBack() {
    reranker.stop();
    leaveOut();
    long before = calls();
    assertEquals(Obstacle.UNAVAILABLE, search(texts("dead", 3)).obstacle());
    assertEquals(before, calls(), "calls that were tried");
    reranker.restartOnSamePort();
    await().until(() -> rerank(texts("back", 3)).done());
  }

  @Test
  void hangingReranker_isLeftOut_thoughItsInfoAnswers() {
    reranker.play("always slow 20s");
    await().until(() -> search(texts("hangs", 3)).reason().startsWith("unavailable: no scores"));
    long before = reranker.counts().calls();
    assertEquals(Obstacle.UNAVAILABLE, search(texts("hangs", 3)).obstacle());
    assertEquals(before, reranker.counts().calls());
  }

  @Test
  void search_keepsItsOwnOrder_whenThereAreNoScores() {
    for (String text : texts("stored", 3)) {
      bundle.postJson("/v1/interactions", Map.of("agent_id", "a", "text", text));
    }
    JsonNode plain = bundle.post("/v1/search", "{\"query\": \"stored 1\"}").json();
    reranker.play("calls 1 overloaded");
    JsonNode answer =
        bundle.post("/v1/search", "{\"query\": \"stored 1\", \"rerank\": true}").json();
    assertFalse(answer.get("reranked").asBoolean());
    assertTrue(
        answer.get("rerank_reason").asText().startsWith("overloaded: the reranker at rerank.url"),
        answer.toString());
    assertEquals(plain.get("results"), answer.get("results"));
  }

  @Test
  void api_saysWhatIsWrong() {
    String body = "{\"query\": \"q\", \"documents\": [\"a\", \"b\"]}";
    reranker.play("calls 1 overloaded", "calls 2 missing", "calls 3 unavailable");
    Refusal.of(ProblemKind.OVERLOADED, bundle.post("/v1/rerank", body));
    assertEquals(
        "reranker failed: the reranker answered with 1 scores for 2 texts",
        Refusal.of(ProblemKind.RERANKER_FAILED, bundle.post("/v1/rerank", body)));
    Refusal.of(ProblemKind.UNAVAILABLE, bundle.post("/v1/rerank", body));
    assertEquals(200, bundle.post("/v1/rerank", body).status());
  }

  @Test
  void otherLimits_areFollowed_alsoByManyAtOnce() {
    reranker.stop();
    leaveOut();
    try (StubTei small =
        new StubTei(
            options()
                .withPort(URI.create(reranker.url()).getPort())
                .withMaxClientBatchSize(7)
                .withMaxConcurrentRequests(16)
                .withServiceMillis(5))) {
      await().until(() -> rerank(texts("small", 1)).done());
      List<String> texts = texts("small", 50);
      List<CompletableFuture<Reranked>> side =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> rerank(texts)))
              .toList();
      side.forEach(one -> assertScores(texts, one.join()));
      assertTrue(small.calls().stream().allMatch(call -> call.texts().size() <= 7));
      assertTrue(small.maxTextsInFlight() <= 12, small.counts().toString());
      assertEquals(0, small.counts().overloaded());
    }
    leaveOut();
    reranker.restartOnSamePort();
  }

  /** Until two requests in a row were lost. */
  private static void leaveOut() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Obstacle.UNAVAILABLE, search(texts("gone", 1)).obstacle());
    }
  }

  /** Calls that were tried; a dead server counts none. */
  private static long calls() {
    return bundle
        .bundle()
        .camel()
        .getRegistry()
        .lookupByNameAndType("rerankCounts", RerankCounts.class)
        .calls();
  }

  private static List<String> texts(String about, int count) {
    return IntStream.range(0, count).mapToObj(i -> about + " " + i).toList();
  }

  private static void assertScores(List<String> texts, Reranked reranked) {
    assertTrue(reranked.done(), reranked.reason());
    assertEquals(texts.size(), reranked.scores().size());
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(probability(texts.get(i)), reranked.scores().get(i), 1e-6, texts.get(i));
    }
  }

  private static double probability(String text) {
    return 1 / (1 + Math.exp(-StubTei.logit(QUERY, text)));
  }

  /** Waits as long as a busy machine may need. */
  private static Reranked rerank(List<String> texts) {
    return ask(template, new RerankRequest(QUERY, texts, true));
  }

  /** Does not. */
  private static Reranked search(List<String> texts) {
    return ask(template, new RerankRequest(QUERY, texts));
  }

  private static Reranked ask(ProducerTemplate asking, RerankRequest request) {
    return asking.requestBody("direct:rerank", request, Reranked.class);
  }
}
