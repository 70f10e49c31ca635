package org.hippocamel.embedded.tei.own;

import static org.hippocamel.embedded.tei.own.Answers.each;
import static org.hippocamel.embedded.tei.own.Answers.header;
import static org.hippocamel.embedded.tei.own.Answers.misshapen;
import static org.hippocamel.embedded.tei.own.Answers.ok;
import static org.hippocamel.embedded.tei.own.Answers.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.hippocamel.contract.TeiHttp;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reranker of the user's own: words of the query count once, words of the text tenfold. */
@Timeout(60)
class RerankTest {
  @TempDir static Path directory;
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    TinyModel.in(directory, 1)
        .word("one", 0.1f)
        .word("two", 0.2f)
        .word("minus", -0.3f)
        .word("huge", 5)
        .word("broken", Float.NaN)
        .classifier("LABEL_0");
    TeiOptions options = new TeiOptions("127.0.0.1", 0, null, 4, 16384, 6, 20_000, true, 1);
    server = EmbeddedTei.start(options.withRerankModelDir(directory));
    tei = new TeiHttp(server.url(), null);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void best_comesFirst() {
    JsonNode ranks = ok(rerank("one", "minus", "two", "one"));
    assertEquals(List.of("1", "2", "0"), each(ranks, "index"));
  }

  @Test
  void equalScores_comeWithTheHigherIndexFirst() {
    JsonNode ranks = ok(rerank("one", "two", "minus", "two", "two"));
    assertEquals(List.of("3", "2", "0", "1"), each(ranks, "index"));
  }

  @Test
  void score_isTheSigmoidOfTheLogit() {
    double score = ok(rerank("one", "two")).at("/0/score").asDouble();
    assertEquals(1 / (1 + Math.exp(-2.1)), score, 1e-6);
  }

  @Test
  void rawScore_isTheLogit() {
    JsonNode ranks = ok(post(Map.of("query", "one", "texts", List.of("two"), "raw_scores", true)));
    assertEquals(2.1, ranks.at("/0/score").asDouble(), 1e-6);
  }

  @Test
  void sigmoid_saturates_soThatTheHigherIndexWins() {
    Map<String, Object> raw =
        Map.of("query", "one", "texts", List.of("huge huge", "huge"), "raw_scores", true);
    assertEquals(List.of("0", "1"), each(ok(post(raw)), "index"));
    JsonNode ranks = ok(rerank("one", "huge huge", "huge"));
    assertEquals(List.of("1", "0"), each(ranks, "index"));
    assertEquals(1, ranks.at("/0/score").asDouble());
  }

  @Test
  void text_isLeftOutUnlessAskedFor() {
    assertFalse(ok(rerank("one", "two")).get(0).has("text"));
    Map<String, Object> body =
        Map.of("query", "one", "texts", List.of("minus", "Two"), "return_text", true);
    assertEquals(List.of("Two", "minus"), each(ok(post(body)), "text"));
  }

  @Test
  void longText_isCut_theLongerOfThePairFirst() {
    // 16 tokens, 3 of them special: the query keeps 2, the text 11.
    HttpResponse<String> answer = raw("one one", "two ".repeat(11) + "huge ".repeat(9), Map.of());
    assertEquals(0.2 + 11 * 2, score(answer), 1e-5);
    assertEquals("16", header(answer, "x-compute-tokens"));
  }

  @Test
  void longText_isCutOnTheLeft_whenAsked() {
    Map<String, Object> left = Map.of("truncation_direction", "Left");
    String text = "huge ".repeat(9) + "two ".repeat(11);
    assertEquals(0.2 + 11 * 2, score(raw("one one", text, left)), 1e-5);
  }

  @Test
  void longQueryAndText_keepHalfEach_theTextTheOddOne() {
    HttpResponse<String> answer = raw("one ".repeat(20), "two ".repeat(30), Map.of());
    assertEquals(6 * 0.1 + 7 * 2, score(answer), 1e-5);
    answer = raw("one ".repeat(30), "two ".repeat(20), Map.of());
    assertEquals(7 * 0.1 + 6 * 2, score(answer), 1e-5);
  }

  @Test
  void hugeTexts_areCutAsLongOnesAre() {
    HttpResponse<String> answer = raw("one one", "two ".repeat(2_000), Map.of());
    assertEquals(0.2 + 11 * 2, score(answer), 1e-5);
  }

  @Test
  void longText_isRefused_whenItMustNotBeCut() {
    HttpResponse<String> answer = raw("one", "two ".repeat(14), Map.of("truncate", false));
    refused(
        422,
        "Validation",
        "Input validation error: `inputs` must have less than 16 tokens. Given: 18",
        answer);
    assertEquals(200, raw("one", "two ".repeat(12), Map.of("truncate", false)).statusCode());
  }

  @Test
  void longText_isRefusedByCharactersOfBoth_whenItMustNotBeCut() {
    refused(
        422,
        "Validation",
        "Input validation error: `inputs` must have less than 4000 characters. Given: 4001",
        raw("a".repeat(2_000), "b".repeat(2_001), Map.of("truncate", false)));
  }

  @Test
  void empty_isRefusedOnlyIfQueryAndTextAre() {
    assertEquals(0.1, score(raw("one", "", Map.of())), 1e-6);
    assertEquals(2, score(raw("", "two", Map.of())), 1e-6);
    refused(
        400, "Empty", "Input validation error: `inputs` cannot be empty", rerank("", "two", ""));
  }

  @Test
  void noTexts_areRefused() {
    refused(400, "Empty", "`texts` cannot be empty", rerank("one"));
  }

  @Test
  void tooManyTexts_areRefused_beforePermits() {
    refused(
        422,
        "Validation",
        "batch size 7 > maximum allowed batch size 6",
        rerank("one", Collections.nCopies(7, "two").toArray(String[]::new)));
  }

  @Test
  void permits_areOnePerText() {
    String[] five = Collections.nCopies(5, "two").toArray(String[]::new);
    refused(429, "Overloaded", "Model is overloaded", rerank("one", five));
    assertEquals(4, ok(rerank("one", "two", "two", "two", "two")).size());
    for (int i = 0; i < 3; i++) {
      assertEquals(400, rerank("", "two", "", "one").statusCode());
    }
    assertEquals(4, ok(rerank("one", "two", "two", "two", "two")).size());
  }

  @Test
  void scoreThatIsNoNumber_isABackendError_andTheServerStaysHealthy() {
    refused(424, "Backend", "score is NaN", rerank("one", "two", "broken"));
    assertEquals(200, tei.get("/health").statusCode());
    assertEquals(1, ok(rerank("one", "two")).size());
  }

  @Test
  void headers_countTheQueryOncePerText() {
    HttpResponse<String> answer = rerank("one", "two", "two two");
    assertEquals(3 * 2 + 3 + 7 + "", header(answer, "x-compute-characters"));
    assertEquals("11", header(answer, "x-compute-tokens"));
    for (String name : List.of("compute-type", "total-time", "queue-time", "inference-time")) {
      assertFalse(header(answer, "x-" + name).isEmpty(), name);
    }
  }

  @Test
  void otherShapes_areRefused() {
    misshapen("missing field `query`", tei.post("/rerank", "{\"texts\":[\"a\"]}"));
    misshapen("missing field `texts`", tei.post("/rerank", "{\"query\":\"a\"}"));
    misshapen("texts: ", tei.post("/rerank", "{\"query\":\"a\",\"texts\":[\"a\",1]}"));
    misshapen("texts: ", tei.post("/rerank", "{\"query\":\"a\",\"texts\":\"a\"}"));
    misshapen("raw_scores: ", post(Map.of("query", "a", "texts", List.of(), "raw_scores", 1)));
  }

  @Test
  void promptName_isAnUnknownField() {
    assertEquals(200, raw("one", "two", Map.of("prompt_name", "query")).statusCode());
  }

  @Test
  void root_isRerank() {
    Map<String, Object> body = Map.of("query", "one", "texts", List.of("minus", "two"));
    for (String path : List.of("/", "/invocations")) {
      assertEquals(List.of("1", "0"), each(ok(tei.post(path, body)), "index"), path);
    }
  }

  @Test
  void routesOfEmbeddingModels_answerFailedDependency() {
    String message = "Backend error: Model is not an embedding model";
    for (String path : List.of("/embed", "/embed_all")) {
      refused(424, "Backend", message, tei.post(path, Map.of("inputs", "one")));
      refused(424, "Backend", message, tei.post(path, Map.of("inputs", "")));
    }
    HttpResponse<String> openAi = tei.post("/v1/embeddings", Map.of("input", "one"));
    assertEquals(424, openAi.statusCode());
    assertEquals(message, TeiHttp.tree(openAi).get("message").asText());
    Map<String, Object> pair = Map.of("source_sentence", "one", "sentences", List.of("two"));
    refused(424, "Backend", message, tei.post("/similarity", Map.of("inputs", pair)));
    assertEquals(4, ok(rerank("one", "two", "two", "two", "two")).size()); // no permit is lost
  }

  @Test
  void predict_givesTheOnlyLabel() {
    JsonNode prediction = ok(tei.post("/predict", Map.of("inputs", List.of("one", "two")))).get(0);
    assertEquals("LABEL_0", prediction.get("label").asText());
    assertEquals(1 / (1 + Math.exp(-2.1)), prediction.get("score").asDouble(), 1e-6);
  }

  @Test
  void info_isThatOfAReranker() {
    JsonNode info = ok(tei.get("/info"));
    assertEquals("LABEL_0", info.at("/model_type/reranker/id2label/0").asText());
    assertEquals(0, info.at("/model_type/reranker/label2id/LABEL_0").asInt(-1));
    assertEquals(directory.toString(), info.get("model_id").asText());
    assertTrue(info.get("model_sha").asText().matches("sha256-[0-9a-f]{12}"), info.toString());
    assertEquals(16, info.get("max_input_length").asInt());
  }

  @Test
  void metrics_countPredictions() {
    rerank("one", "two");
    String text = tei.get("/metrics").body();
    for (String series :
        List.of(
            "te_predict_count ",
            "te_predict_success ",
            "te_predict_inference_duration_count ",
            "te_request_count{method=\"batch\"} ")) {
      assertTrue(text.contains("\n" + series), series);
    }
    assertFalse(text.contains("te_embed_count"), text);
  }

  private static HttpResponse<String> rerank(String query, String... texts) {
    return post(Map.of("query", query, "texts", List.of(texts)));
  }

  private static HttpResponse<String> raw(String query, String text, Map<String, Object> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.putAll(Map.of("query", query, "texts", List.of(text), "raw_scores", true));
    return post(body);
  }

  private static double score(HttpResponse<String> answer) {
    return ok(answer).at("/0/score").asDouble();
  }

  private static HttpResponse<String> post(Map<String, Object> body) {
    return tei.post("/rerank", body);
  }
}
