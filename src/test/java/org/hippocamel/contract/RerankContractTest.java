package org.hippocamel.contract;

import static org.hippocamel.contract.TeiHttp.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What any TEI 1.9 with a reranking model answers on the wire. */
abstract class RerankContractTest {
  private static final String QUERY = "What is the capital of France?";
  private static final String RIGHT = "Paris is the capital of France.";
  private static final String WRONG = "Olives are picked in October.";

  /** The server under test, with its key. */
  abstract TeiHttp tei();

  @Test
  void best_comesFirst() {
    JsonNode ranks = ok(rerank(Map.of(), WRONG, RIGHT, WRONG));
    assertEquals(List.of(1, 2, 0), indexes(ranks));
    assertTrue(ranks.at("/0/score").asDouble() > ranks.at("/1/score").asDouble());
  }

  @Test
  void score_isAProbability_orALogitOnRequest() {
    double probability = ok(rerank(Map.of(), RIGHT)).at("/0/score").asDouble();
    double logit = ok(rerank(Map.of("raw_scores", true), RIGHT)).at("/0/score").asDouble();
    assertEquals(1 / (1 + Math.exp(-logit)), probability, 4e-3);
  }

  @Test
  void text_comesOnRequestOnly() {
    assertFalse(ok(rerank(Map.of(), RIGHT)).get(0).has("text"));
    JsonNode ranks = ok(rerank(Map.of("return_text", true), WRONG, RIGHT));
    assertEquals(RIGHT, ranks.at("/0/text").asText());
    assertEquals(WRONG, ranks.at("/1/text").asText());
  }

  @Test
  void nothingToDo_isRefused() {
    refused(rerank(Map.of()), 400, "Empty", "`texts` cannot be empty");
    String message = "Input validation error: `inputs` cannot be empty";
    refused(rerank("", Map.of(), RIGHT, ""), 400, "Empty", message);
    assertEquals(200, rerank(Map.of(), RIGHT, "").statusCode());
    assertEquals(200, rerank("", Map.of(), RIGHT).statusCode());
  }

  @Test
  void tooManyTexts_areRefused() {
    int max = tree(tei().get("/info")).get("max_client_batch_size").asInt();
    String[] texts = Collections.nCopies(max + 1, "a").toArray(String[]::new);
    String message = "batch size " + (max + 1) + " > maximum allowed batch size " + max;
    refused(rerank(Map.of(), texts), 422, "Validation", message);
  }

  @Test
  void longPair_isCutOnRequest_elseRefused() {
    int max = tree(tei().get("/info")).get("max_input_length").asInt();
    String text = "camel ".repeat(2 * max);
    HttpResponse<String> cut = rerank(Map.of("truncate", true), text);
    assertEquals(Integer.toString(max), header(cut, "x-compute-tokens"));
    String message =
        "Input validation error: `inputs` must have less than " + max + " tokens. Given: ";
    refused(rerank(Map.of("truncate", false), text), 422, "Validation", message);
  }

  @Test
  void headers_countTheQueryOncePerText() {
    HttpResponse<String> answer = rerank(Map.of(), RIGHT, WRONG);
    int characters = 2 * QUERY.length() + RIGHT.length() + WRONG.length();
    assertEquals(Integer.toString(characters), header(answer, "x-compute-characters"));
    assertFalse(header(answer, "x-inference-time").isEmpty());
  }

  @Test
  void root_isRerank() {
    Map<String, Object> body = Map.of("query", QUERY, "texts", List.of(WRONG, RIGHT));
    assertEquals(List.of(1, 0), indexes(ok(tei().post("/", body))));
  }

  @Test
  void predict_takesAPairAndABatchOfPairs() {
    JsonNode one = ok(tei().post("/predict", Map.of("inputs", List.of(QUERY, RIGHT))));
    assertEquals(1, one.size());
    double score = ok(rerank(Map.of(), RIGHT)).at("/0/score").asDouble();
    assertEquals(score, one.at("/0/score").asDouble(), 4e-3);
    assertFalse(one.at("/0/label").asText().isEmpty());
    List<List<String>> pairs = List.of(List.of(QUERY, RIGHT), List.of(QUERY, WRONG));
    JsonNode batch = ok(tei().post("/predict", Map.of("inputs", pairs)));
    assertEquals(2, batch.size());
    assertTrue(batch.at("/0/0/score").asDouble() > batch.at("/1/0/score").asDouble());
    Map<String, Object> three = Map.of("inputs", List.of("a", "b", "c"));
    assertEquals(422, tei().post("/predict", three).statusCode());
  }

  @Test
  void routesOfEmbeddingModels_answerFailedDependency() {
    String message = "Backend error: Model is not an embedding model";
    for (String path : List.of("/embed", "/embed_all")) {
      refused(tei().post(path, Map.of("inputs", "a")), 424, "Backend", message);
    }
  }

  @Test
  void otherShapes_areToldAsText() {
    for (String body : List.of("{}", "{\"query\":\"a\"}", "{\"query\":\"a\",\"texts\":\"b\"}")) {
      HttpResponse<String> answer = tei().post("/rerank", body);
      assertEquals(422, answer.statusCode(), answer.body());
      assertEquals("text/plain; charset=utf-8", header(answer, "content-type"));
    }
  }

  @Test
  void info_isThatOfAReranker() {
    JsonNode labels = tree(tei().get("/info")).at("/model_type/reranker/id2label");
    assertEquals(1, labels.size());
  }

  private HttpResponse<String> rerank(Map<String, Object> more, String... texts) {
    return rerank(QUERY, more, texts);
  }

  private HttpResponse<String> rerank(String query, Map<String, Object> more, String... texts) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.putAll(Map.of("query", query, "texts", List.of(texts)));
    return tei().post("/rerank", body);
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return tree(answer);
  }

  private static void refused(
      HttpResponse<String> answer, int status, String kind, String message) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(kind, tree(answer).get("error_type").asText());
    String error = tree(answer).get("error").asText();
    assertTrue(error.startsWith(message), error);
  }

  private static List<Integer> indexes(JsonNode ranks) {
    List<Integer> indexes = new ArrayList<>();
    ranks.forEach(rank -> indexes.add(rank.get("index").asInt()));
    return indexes;
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
