package org.hippocamel.contract;

import static org.hippocamel.contract.TeiHttp.cosine;
import static org.hippocamel.contract.TeiHttp.fromBase64;
import static org.hippocamel.contract.TeiHttp.length;
import static org.hippocamel.contract.TeiHttp.tree;
import static org.hippocamel.contract.TeiHttp.vectors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What any TEI 1.9 with an English bge model answers on the wire. Vectors are compared by cosine,
 * since kernels and number formats differ; shapes, statuses and messages exactly.
 */
abstract class EmbeddingContractTest {
  private static final double SAME = 0.99;

  /** The server under test, with its key. */
  abstract TeiHttp tei();

  // --- embed

  @Test
  void embed_answersOneVectorForASingleText() {
    float[][] vectors = vectors(tei().post("/embed", Map.of("inputs", "A camel in the desert.")));
    assertEquals(1, vectors.length);
    assertEquals(1, length(vectors[0]), 1e-3);
  }

  @Test
  void embed_keepsTheOrderOfABatch() {
    float[][] batch = tei().embed(List.of("the first text", "quite another one", "and a third"));
    float[] alone = tei().embed(List.of("quite another one"))[0];
    assertEquals(3, batch.length);
    assertTrue(cosine(alone, batch[1]) > SAME);
    assertTrue(cosine(alone, batch[0]) < 0.95);
  }

  @Test
  void embed_putsAParaphraseNearer() {
    float[][] v =
        tei()
            .embed(
                List.of(
                    "How do I reset my password?",
                    "I forgot my password and need a new one.",
                    "The harvest of olives begins in October."));
    assertTrue(cosine(v[0], v[1]) > cosine(v[0], v[2]) + 0.1);
  }

  @Test
  void embed_leavesLengthAlone_withoutNormalize() {
    float[] raw =
        vectors(tei().post("/embed", Map.of("inputs", "some words", "normalize", false)))[0];
    float[] unit = tei().embed(List.of("some words"))[0];
    assertTrue(Math.abs(length(raw) - 1) > 0.01, "length " + length(raw));
    assertTrue(cosine(raw, unit) > 0.999);
  }

  @Test
  void embed_cutsDimensionsBeforeNormalising() {
    float[] cut =
        vectors(tei().post("/embed", Map.of("inputs", "some words", "dimensions", 64)))[0];
    float[] full = tei().embed(List.of("some words"))[0];
    assertEquals(64, cut.length);
    assertEquals(1, length(cut), 1e-3);
    assertEquals(1, cosine(cut, java.util.Arrays.copyOf(full, 64)), 1e-3);
  }

  @Test
  void embed_refusesImpossibleDimensions() {
    refused("/embed", Map.of("inputs", "a", "dimensions", 0), 422, "Validation", "`dimensions`");
    refused(
        "/embed", Map.of("inputs", "a", "dimensions", 99_999), 422, "Validation", "`dimensions`");
  }

  @Test
  void embed_ignoresUnknownFields() {
    assertEquals(
        200, tei().post("/embed", "{\"other\":{\"x\":[1]},\"inputs\":\"a\"}").statusCode());
  }

  @Test
  void embed_acceptsTokenIds() {
    float[] fromIds = vectors(tei().post("/embed", "{\"inputs\":[101,7592,2088,102]}"))[0];
    float[] fromText = tei().embed(List.of("hello world"))[0];
    assertTrue(cosine(fromIds, fromText) > SAME);
  }

  @Test
  void embed_acceptsABatchOfTextAndTokenIds() {
    String body = "{\"inputs\":[\"hello world\",[101,7592,2088,102]]}";
    float[][] vectors = vectors(tei().post("/embed", body));
    assertEquals(2, vectors.length);
    assertTrue(cosine(vectors[0], vectors[1]) > SAME);
  }

  @Test
  void embed_isAliasedAtTheRoot() {
    assertEquals(1, vectors(tei().post("/", Map.of("inputs", "a"))).length);
  }

  @Test
  void embed_tellsTokensCharactersAndTimes() {
    HttpResponse<String> answer = tei().post("/embed", Map.of("inputs", List.of("hello", "né")));
    assertEquals("7", header(answer, "x-compute-characters"));
    assertEquals("6", header(answer, "x-compute-tokens"));
    for (String name :
        List.of(
            "x-compute-type",
            "x-compute-time",
            "x-total-time",
            "x-tokenization-time",
            "x-queue-time",
            "x-inference-time")) {
      assertFalse(header(answer, name).isEmpty(), name);
    }
  }

  // --- embed_all, similarity, decode

  @Test
  void embedAll_givesAVectorPerToken_notNormalised() {
    JsonNode answer =
        tree(tei().post("/embed_all", Map.of("inputs", List.of("hello", "hello world"))));
    assertEquals(2, answer.size());
    assertEquals(3, answer.get(0).size());
    assertEquals(4, answer.get(1).size());
    float[] first = TeiHttp.JSON.convertValue(answer.at("/1/0"), float[].class);
    // The pooling of this model is its first token.
    assertTrue(cosine(first, tei().embed(List.of("hello world"))[0]) > SAME);
    assertTrue(Math.abs(length(first) - 1) > 0.01, "length " + length(first));
  }

  @Test
  void embedAll_refusesAsEmbedDoes() {
    String message = "Input validation error: `inputs` cannot be empty";
    refused("/embed_all", "{\"inputs\":[\"fine\",\"\"]}", 400, "Empty", message);
    Map<String, Object> batch = Map.of("inputs", Collections.nCopies(maxBatch() + 1, "a"));
    refused("/embed_all", batch, 422, "Validation", "maximum allowed batch size");
  }

  @Test
  void similarity_isTheCosineOfTheVectors() {
    List<String> sentences = List.of("a camel", "camels walk far", "stock prices fell");
    Map<String, Object> inputs = Map.of("source_sentence", "a camel", "sentences", sentences);
    HttpResponse<String> answer = tei().post("/similarity", Map.of("inputs", inputs));
    float[] cosines = TeiHttp.JSON.convertValue(tree(answer), float[].class);
    float[][] vectors = tei().embed(sentences);
    assertEquals(1, cosines[0], 1e-2);
    assertEquals(cosine(vectors[0], vectors[1]), cosines[1], 1e-2);
    assertTrue(cosines[1] > cosines[2]);
    assertFalse(header(answer, "x-compute-tokens").isEmpty());
  }

  @Test
  void similarity_countsTheSourceSentence_andRefusesNone() {
    String message = "`inputs.sentences` cannot be empty";
    refused("/similarity", similarity(0), 400, "Empty", message);
    message = "batch size " + (maxBatch() + 1) + " > maximum allowed batch size " + maxBatch();
    refused("/similarity", similarity(maxBatch()), 422, "Validation", message);
    assertEquals(422, tei().post("/similarity", "{\"inputs\":\"a\"}").statusCode());
  }

  @Test
  void decode_undoesTokenize() {
    assertEquals(
        "[\"hello world\"]", tei().post("/decode", "{\"ids\":[101,7592,2088,102]}").body());
    assertEquals(
        "[\"hello\",\"world\"]", tei().post("/decode", "{\"ids\":[[101,7592],[2088]]}").body());
    String specials = "{\"ids\":[101,7592,102],\"skip_special_tokens\":false}";
    assertEquals("[\"[CLS] hello [SEP]\"]", tei().post("/decode", specials).body());
  }

  @Test
  void decode_refusesNothingToDo() {
    String message = "Input validation error: `input_ids` cannot be empty";
    refused("/decode", "{\"ids\":[]}", 400, "Empty", message);
    refused("/decode", "{\"ids\":[[101],[]]}", 400, "Empty", message);
    assertEquals(422, tei().post("/decode", "{\"ids\":\"a\"}").statusCode());
  }

  // --- long texts

  @Test
  void longText_isCutOnRequest_fromTheRightUnlessTold() {
    String text = "alpha ".repeat(600) + "omega ".repeat(600);
    float[] right = vectors(tei().post("/embed", Map.of("inputs", text, "truncate", true)))[0];
    float[] left =
        vectors(
            tei()
                .post(
                    "/embed",
                    Map.of("inputs", text, "truncate", true, "truncation_direction", "Left")))[0];
    int room = maxInputLength() - 2;
    float[][] halves = tei().embed(List.of("alpha ".repeat(room), "omega ".repeat(room)));
    assertTrue(cosine(right, halves[0]) > SAME);
    assertTrue(cosine(left, halves[1]) > SAME);
  }

  @Test
  void longText_isRefused_whenItMustNotBeCut() {
    int words = maxInputLength() - 1; // one too many beside the two special tokens
    Map<String, Object> body = Map.of("inputs", "hello ".repeat(words), "truncate", false);
    String message =
        "Input validation error: `inputs` must have less than %d tokens. Given: %d"
            .formatted(maxInputLength(), maxInputLength() + 1);
    refused("/embed", body, 422, "Validation", message);
    body = Map.of("inputs", "hello ".repeat(words - 1), "truncate", false);
    assertEquals(200, tei().post("/embed", body).statusCode());
  }

  @Test
  void longText_isRefusedByCharacters_whenItMustNotBeCut() {
    int limit = 250 * maxInputLength();
    String text = "a".repeat(limit + 1);
    String message = "must have less than " + limit + " characters. Given: " + (limit + 1);
    Map<String, Object> body = Map.of("inputs", text, "truncate", false);
    refused("/embed", body, 422, "Validation", message);
  }

  // --- refusals

  @Test
  void emptyInput_isRefused_wholeCall() {
    String message = "Input validation error: `inputs` cannot be empty";
    refused("/embed", "{\"inputs\":\"\"}", 400, "Empty", message);
    refused("/embed", "{\"inputs\":[]}", 400, "Empty", message);
    refused("/embed", "{\"inputs\":[\"fine\",\"\"]}", 400, "Empty", message);
  }

  @Test
  void tooLargeBatch_isRefused() {
    int max = maxBatch();
    refused(
        "/embed",
        Map.of("inputs", Collections.nCopies(max + 1, "a")),
        422,
        "Validation",
        "batch size " + (max + 1) + " > maximum allowed batch size " + max);
  }

  @Test
  void unknownPromptName_isRefused() {
    refused(
        "/embed", Map.of("inputs", "a", "prompt_name", "no-such"), 422, "Validation", "no-such");
  }

  @Test
  void brokenJson_isToldAsText() {
    told("{\"inputs\": ", 400, "Failed to parse the request body as JSON: ");
    told("{\"inputs\": \"a\"} x", 400, "Failed to parse the request body as JSON: ");
    told("", 400, "Failed to parse the request body as JSON: ");
  }

  @Test
  void wrongShape_isToldAsText() {
    String start = "Failed to deserialize the JSON body into the target type: ";
    told("{}", 422, start + "missing field `inputs`");
    told("{\"inputs\":null}", 422, start + "inputs: data did not match any variant");
    told("{\"inputs\":[\"a\",1]}", 422, start);
    told("{\"inputs\":[1,-2]}", 422, start);
    told("{\"inputs\":\"a\",\"normalize\":null}", 422, start);
    told("{\"inputs\":\"a\",\"truncation_direction\":\"up\"}", 422, start);
  }

  @Test
  void otherContentType_isRefused() {
    HttpRequest.Builder request = tei().request("/embed").header("content-type", "text/plain");
    HttpResponse<String> answer =
        tei().send(request.POST(HttpRequest.BodyPublishers.ofString("{\"inputs\":\"a\"}")));
    assertEquals(415, answer.statusCode());
    assertTrue(answer.body().startsWith("Expected request with `Content-Type: application/json`"));
  }

  @Test
  void unknownPathAndWrongMethod_haveNoBody() {
    assertEquals(404, tei().get("/no-such-route").statusCode());
    assertEquals("", tei().get("/no-such-route").body());
    assertEquals(405, tei().get("/embed").statusCode());
    assertEquals("", tei().get("/embed").body());
  }

  @Test
  void routesOfOtherModels_answerFailedDependency() {
    refused(
        "/rerank",
        Map.of("query", "a", "texts", List.of("b")),
        424,
        "Backend",
        "Backend error: model is not a re-ranker model");
    refused(
        "/predict",
        Map.of("inputs", "a"),
        424,
        "Backend",
        "Backend error: Model is not a classifier model");
  }

  // --- OpenAI

  @Test
  void openAi_answersItsOwnShape() {
    HttpResponse<String> answer =
        tei().post("/v1/embeddings", Map.of("input", List.of("a b", "c"), "model", "any"));
    JsonNode body = tree(answer);
    assertEquals("list", body.get("object").asText());
    assertEquals("embedding", body.at("/data/1/object").asText());
    assertEquals(1, body.at("/data/1/index").asInt());
    assertEquals(7, body.at("/usage/prompt_tokens").asInt());
    assertEquals(7, body.at("/usage/total_tokens").asInt());
    assertEquals("7", header(answer, "x-compute-tokens"));
  }

  @Test
  void openAi_base64HoldsTheSameVector() {
    JsonNode plain = tree(tei().post("/v1/embeddings", Map.of("input", "hello")));
    JsonNode packed =
        tree(tei().post("/embeddings", Map.of("input", "hello", "encoding_format", "base64")));
    float[] expected = TeiHttp.JSON.convertValue(plain.at("/data/0/embedding"), float[].class);
    float[] vector = fromBase64(packed.at("/data/0/embedding").asText());
    assertEquals(expected.length, vector.length);
    assertTrue(cosine(expected, vector) > SAME);
    assertEquals(1, length(vector), 1e-3);
  }

  @Test
  void openAi_tellsErrorsInItsOwnShape() {
    HttpResponse<String> answer = tei().post("/v1/embeddings", Map.of("input", ""));
    assertEquals(400, answer.statusCode());
    assertEquals(400, tree(answer).get("code").asInt());
    assertEquals("Empty", tree(answer).get("type").asText());
    assertTrue(tree(answer).get("message").asText().contains("`inputs` cannot be empty"));
  }

  @Test
  void openAi_refusesAnUnknownEncoding() {
    Map<String, String> body = Map.of("input", "a", "encoding_format", "hex");
    assertEquals(422, tei().post("/v1/embeddings", body).statusCode());
  }

  // --- tokenize

  @Test
  void tokenize_givesByteOffsetsAndSpecialTokens() {
    JsonNode tokens = tree(tei().post("/tokenize", Map.of("inputs", "Ünder 😀 hello"))).get(0);
    JsonNode first = tokens.get(0);
    assertEquals(101, first.get("id").asInt());
    assertEquals("[CLS]", first.get("text").asText());
    assertTrue(first.get("special").asBoolean());
    assertTrue(first.get("start").isNull());
    JsonNode hello = tokens.get(tokens.size() - 2);
    assertEquals(7592, hello.get("id").asInt());
    assertEquals("hello", hello.get("text").asText());
    assertEquals(12, hello.get("start").asInt());
    assertEquals(17, hello.get("stop").asInt());
  }

  @Test
  void tokenize_leavesSpecialTokensOut() {
    Map<String, Object> body =
        Map.of("inputs", List.of("hello", "a b"), "add_special_tokens", false);
    JsonNode texts = tree(tei().post("/tokenize", body));
    assertEquals(1, texts.get(0).size());
    assertEquals(2, texts.get(1).size());
  }

  @Test
  void tokenize_refusesNothingToDo() {
    refused("/tokenize", "{\"inputs\":[]}", 400, "Empty", "`inputs` cannot be empty");
    refused("/tokenize", "{\"inputs\":\"\"}", 400, "Empty", "`inputs` cannot be empty");
  }

  // --- about the server

  @Test
  void info_hasEveryKey() {
    Set<String> keys = new HashSet<>();
    JsonNode info = tree(tei().get("/info"));
    info.fieldNames().forEachRemaining(keys::add);
    assertTrue(
        keys.containsAll(
            List.of(
                "model_id",
                "model_sha",
                "model_dtype",
                "served_model_name",
                "model_type",
                "max_concurrent_requests",
                "max_input_length",
                "max_batch_tokens",
                "max_batch_requests",
                "max_client_batch_size",
                "auto_truncate",
                "tokenization_workers",
                "version",
                "sha",
                "docker_label")),
        keys.toString());
    assertEquals("cls", info.at("/model_type/embedding/pooling").asText());
  }

  @Test
  void health_isOpenAndEmpty() {
    for (String path : List.of("/health", "/ping", "/")) {
      HttpResponse<String> answer = tei().get(path);
      assertEquals(200, answer.statusCode(), path);
      assertEquals("", answer.body(), path);
    }
  }

  @Test
  void metrics_countRequests() {
    tei().embed(List.of("one", "two"));
    String text = tei().get("/metrics").body();
    assertTrue(text.contains("te_request_count{method=\"batch\"}"), text);
    assertTrue(text.contains("te_embed_count"), text);
    assertTrue(text.contains("te_request_duration_bucket{le="), text);
  }

  // --- words of the tests

  private static Map<String, Object> similarity(int sentences) {
    return Map.of(
        "inputs", Map.of("source_sentence", "a", "sentences", Collections.nCopies(sentences, "b")));
  }

  private int maxBatch() {
    return tree(tei().get("/info")).get("max_client_batch_size").asInt();
  }

  private int maxInputLength() {
    return tree(tei().get("/info")).get("max_input_length").asInt();
  }

  private void refused(String path, Object body, int status, String kind, String message) {
    HttpResponse<String> answer = tei().post(path, body);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(kind, tree(answer).get("error_type").asText());
    String error = tree(answer).get("error").asText();
    assertTrue(error.contains(message), error);
    assertTrue(answer.headers().firstValue("retry-after").isEmpty());
  }

  private void told(String body, int status, String start) {
    HttpResponse<String> answer = tei().post("/embed", body);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals("text/plain; charset=utf-8", header(answer, "content-type"));
    assertTrue(answer.body().startsWith(start), answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
