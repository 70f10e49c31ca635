package org.hippocamel.embedded.tei;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.contract.TeiHttp.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hippocamel.contract.TeiHttp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only the embedded server can be asked: small limits, a key, its revision, its end. */
@Timeout(60)
class EmbeddedTeiTest {
  private static EmbeddedTei server;
  private static TeiHttp tei;

  @BeforeAll
  static void start() {
    server =
        EmbeddedTei.start(new TeiOptions("127.0.0.1", 0, "secret", 4, 16384, 8, 20_000, false, 1));
    tei = new TeiHttp(server.url(), "secret");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void key_isWantedOnInferenceAndInfo_notOnHealth() {
    TeiHttp stranger = new TeiHttp(server.url(), null);
    TeiHttp guesser = new TeiHttp(server.url(), "Secret");
    for (HttpResponse<String> answer :
        List.of(
            stranger.post("/embed", Map.of("inputs", "a")),
            guesser.post("/v1/embeddings", Map.of("input", "a")),
            stranger.get("/embed"),
            stranger.get("/info"))) {
      assertEquals(401, answer.statusCode());
      assertEquals("", answer.body());
    }
    assertEquals(200, stranger.get("/health").statusCode());
    assertEquals(200, stranger.get("/metrics").statusCode());
    assertEquals(200, tei.get("/info").statusCode());
  }

  @Test
  void permits_areTakenForAllTextsOrNone() {
    HttpResponse<String> answer = embed(5);
    assertEquals(429, answer.statusCode());
    assertEquals("Overloaded", tree(answer).get("error_type").asText());
    assertEquals("Model is overloaded", tree(answer).get("error").asText());
    assertEquals(200, embed(4).statusCode());
    assertEquals(200, embed(4).statusCode());
  }

  @Test
  void permits_comeBackAfterARefusal() {
    for (int i = 0; i < 3; i++) {
      String body = "{\"inputs\":[\"a\",\"b\",\"\"]}";
      assertEquals(400, tei.post("/embed", body).statusCode());
    }
    assertEquals(200, embed(4).statusCode());
  }

  @Test
  void batchSize_isCheckedBeforePermits() {
    assertEquals(422, embed(9).statusCode());
    String texts = "[" + "\"a\",".repeat(8) + "\"a\"]";
    assertEquals(422, tei.post("/tokenize", "{\"inputs\":" + texts + "}").statusCode());
  }

  @Test
  void body_isRefusedAboveThePayloadLimit() {
    HttpResponse<String> answer = tei.post("/embed", Map.of("inputs", "a".repeat(50_000)));
    assertEquals(413, answer.statusCode());
    assertEquals("Failed to buffer the request body: length limit exceeded", answer.body());
    assertEquals(413, tei.post("/embed", " ".repeat(3_000_000)).statusCode());
    assertEquals(200, embed(1).statusCode());
  }

  @Test
  void longText_isRefusedByDefault_withoutAutoTruncate() {
    Map<String, Object> body = Map.of("inputs", "hello ".repeat(600));
    assertEquals(422, tei.post("/embed", body).statusCode());
    assertEquals(
        422, tei.post("/v1/embeddings", Map.of("input", "hello ".repeat(600))).statusCode());
    Map<String, Object> cut = Map.of("inputs", "hello ".repeat(600), "truncate", true);
    HttpResponse<String> answer = tei.post("/embed", cut);
    assertEquals("512", answer.headers().firstValue("x-compute-tokens").orElse(""));
  }

  @Test
  void info_namesTheWeightsAndTheLimits() {
    var info = tree(tei.get("/info"));
    assertTrue(info.get("model_sha").asText().matches("int8-[0-9a-f]{12}"));
    assertEquals("BAAI/bge-small-en-v1.5", info.get("model_id").asText());
    assertEquals("hippocamel-embedded", info.get("docker_label").asText());
    assertEquals("1.9.3", info.get("version").asText());
    assertEquals(4, info.get("max_concurrent_requests").asInt());
    assertEquals(8, info.get("max_client_batch_size").asInt());
    assertEquals(512, info.get("max_input_length").asInt());
  }

  @Test
  void json_isReadAsStrictlyAsTheReference() {
    assertEquals(400, tei.post("/embed", "{\"inputs\":\"\\ud83d\"}").statusCode());
    assertEquals(422, tei.post("/embed", "{\"inputs\":\"a\",\"inputs\":\"b\"}").statusCode());
    assertEquals(422, tei.post("/embed", "[\"a\"]").statusCode());
    assertEquals(422, tei.post("/embed", "{\"inputs\":[4294967296]}").statusCode());
    assertEquals(422, tei.post("/embed", "{\"inputs\":[[\"a\"]]}").statusCode());
    assertEquals(400, tei.post("/embed", "{\"inputs\":[[]]}").statusCode());
    assertEquals(422, tei.post("/tokenize", "{\"inputs\":[1]}").statusCode());
    assertEquals(422, tei.post("/rerank", "{\"query\":\"a\"}").statusCode());
    assertEquals(400, tei.post("/rerank", "{\"query\":\"a\",\"texts\":[]}").statusCode());
    assertEquals(424, tei.post("/embed_sparse", "{\"inputs\":\"a\"}").statusCode());
  }

  @Test
  void json_mayComeWithACharsetOrAnotherJsonType() {
    for (String type : List.of("application/json; charset=utf-8", "application/x+json")) {
      HttpRequest.Builder request = tei.request("/embed").header("content-type", type);
      request.POST(HttpRequest.BodyPublishers.ofString("{\"inputs\":\"a\"}"));
      assertEquals(200, tei.send(request).statusCode(), type);
    }
  }

  @Test
  void wrongMethod_namesTheRightOne() {
    HttpResponse<String> answer = tei.get("/tokenize");
    assertEquals(405, answer.statusCode());
    assertEquals("POST", answer.headers().firstValue("allow").orElse(""));
  }

  @Test
  void metrics_countFailuresByCause() {
    embed(5);
    embed(9);
    tei.post("/rerank", Map.of("query", "a", "texts", List.of("b")));
    tei.post("/embed", "{\"inputs\":\"\"}");
    String text = tei.get("/metrics").body();
    for (String cause : List.of("overloaded", "batch_size", "model_type", "tokenization")) {
      assertTrue(text.contains("te_request_failure{err=\"" + cause + "\"} "), text);
    }
  }

  @Test
  void textsOfAClientThatHasGone_leaveTheQueue() throws Exception {
    String texts =
        ("\"" + "word ".repeat(500) + "\",").repeat(3) + "\"" + "end ".repeat(500) + "\"";
    byte[] body = ("{\"inputs\":[" + texts + "]}").getBytes(StandardCharsets.UTF_8);
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      String head =
          "POST /embed HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer secret\r\n"
              + "content-type: application/json\r\ncontent-length: %d\r\n\r\n";
      socket.getOutputStream().write(head.formatted(body.length).getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      await().until(() -> embed(4).statusCode() == 429); // the texts have been taken in
    }
    await()
        .untilAsserted(
            () ->
                assertTrue(
                    tei.get("/metrics").body().contains("te_request_failure{err=\"dropped\"}")));
    await().until(() -> embed(4).statusCode() == 200);
  }

  @Test
  void close_leavesNoThreadAndNoPort() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    EmbeddedTei other = EmbeddedTei.start(TeiOptions.defaults());
    URI url = URI.create(other.url());
    new TeiHttp(other.url(), null).embed(List.of("a", "b"));
    other.close();
    other.close();
    assertThrows(
        IOException.class,
        () -> new Socket().connect(new InetSocketAddress(url.getHost(), url.getPort())));
    await().untilAsserted(() -> assertEquals(Set.of(), ours(before)));
  }

  @Test
  void start_refusesATakenPort_byAddress() {
    int port = URI.create(server.url()).getPort();
    TeiOptions taken = new TeiOptions("127.0.0.1", port, null, 512, 16384, 32, 2_000_000, true, 0);
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    String message =
        assertThrows(IllegalStateException.class, () -> EmbeddedTei.start(taken)).getMessage();
    assertTrue(message.startsWith("embedded TEI cannot bind 127.0.0.1:" + port), message);
    await().untilAsserted(() -> assertEquals(Set.of(), ours(before)));
  }

  @Test
  void options_refuseWhatCannotWork() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new TeiOptions("127.0.0.1", 0, null, 512, 100, 32, 2_000_000, false, 0))
            .getMessage();
    assertEquals("maxBatchTokens 100 is below 512", message);
  }

  private static HttpResponse<String> embed(int texts) {
    return tei.post("/embed", Map.of("inputs", Collections.nCopies(texts, "a")));
  }

  private static Set<String> ours(Set<Thread> before) {
    Set<String> left = new HashSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().matches("(tei|vert\\.?x)-.*")) {
        left.add(thread.getName());
      }
    }
    return left;
  }
}
