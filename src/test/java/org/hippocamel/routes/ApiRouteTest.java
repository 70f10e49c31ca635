package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP door without API keys: what is let in, what is refused and how, what never leaks. */
class ApiRouteTest {
  private static final int MAX_BODY = 200_000;
  private static final String GOOD = "{\"agent_id\": \"api\", \"text\": \"a word\"}";

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(), Map.of("http.max-body-bytes", String.valueOf(MAX_BODY)));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/nothing", "/v1/memories", "/v1/interactions/", "/admin"})
  void unknownPath_isNotFound(String path) {
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get(path));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/interactions",
    "DELETE, /v1/search",
    "POST, /v1/sources",
    "POST, /v1/memories/x",
    "DELETE, /health"
  })
  void wrongMethod_isNotAllowed(String method, String path) {
    Answer answer =
        switch (method) {
          case "GET" -> bundle.get(path);
          case "POST" -> bundle.post(path, "{}");
          default -> bundle.delete(path);
        };
    Refusal.of(ProblemKind.NOT_ALLOWED, answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "               | empty",
        "{              | ends too early",
        "{\"query\": \"a\"} x | not JSON",
        "{\"query\": \"a\", \"query\": \"b\"} | query",
        "{'query': 'a'} | not JSON",
      })
  void malformedBody_isRefused(String body, String words) {
    String detail =
        Refusal.of(ProblemKind.MALFORMED, bundle.post("/v1/search", body == null ? "" : body));
    assertTrue(detail.contains(words), detail);
  }

  @Test
  void bodyThatIsNotUtf8_isRefused() {
    byte[] latin = "{\"query\": \"gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1);
    String detail =
        Refusal.of(ProblemKind.MALFORMED, bundle.post("/v1/search", latin, "application/json"));
    assertTrue(detail.contains("not UTF-8"), detail);
  }

  @Test
  void unknownField_isRefusedByPointer() {
    Answer answer = bundle.post("/v1/search", "{\"query\": \"a\", \"limitt\": 3}");
    Refusal.field("/limitt", "did you mean \"limit\"", answer);
  }

  @Test
  void bodyThatIsNoObject_isRefused() {
    for (String body : List.of("[]", "7", "null", "\"text\"")) {
      Refusal.of(ProblemKind.INVALID, bundle.post("/v1/search", body));
    }
  }

  @Test
  void tooLargeBody_isRefused() {
    String body = "{\"query\": \"" + "x".repeat(MAX_BODY) + "\"}";
    String detail = Refusal.of(ProblemKind.TOO_LARGE, bundle.post("/v1/search", body));
    assertTrue(detail.contains("http.max-body-bytes"), detail);
    assertEquals(200, bundle.get("/health").status());
    Answer openAi = bundle.post("/v1/embeddings", body);
    assertEquals(413, openAi.status());
    assertEquals("too-large", openAi.json().at("/error/code").asText());
  }

  @Test
  void tooLargeBodyInChunks_isRefused() throws Exception {
    byte[] body =
        ("{\"query\": \"" + "x".repeat(MAX_BODY) + "\"}").getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bundle.bundle().url() + "/v1/search"))
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(body)))
            .build();
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(413, response.statusCode());
  }

  @Test
  void tooLongText_isRefusedByPointer() {
    String text = "x".repeat(32_001);
    Answer answer = bundle.postJson("/v1/interactions", Map.of("agent_id", "api", "text", text));
    Refusal.field("/text", "limits.max-text-chars", answer);
    assertTrue(answer.response().body().length() < 1_000);
  }

  @Test
  void formOfCurl_isReadAsJson() {
    byte[] body = GOOD.getBytes(StandardCharsets.UTF_8);
    Answer answer = bundle.post("/v1/interactions", body, "application/x-www-form-urlencoded");
    assertTrue(answer.status() < 300, answer.response().body());
    byte[] signs =
        "{\"agent_id\": \"form\", \"text\": \"50% + 1 = x&y\"}".getBytes(StandardCharsets.UTF_8);
    String id =
        bundle
            .post("/v1/interactions", signs, "application/x-www-form-urlencoded")
            .json()
            .get("id")
            .asText();
    assertEquals("50% + 1 = x&y", bundle.get("/v1/memories/" + id).json().get("text").asText());
  }

  @Test
  void nothingOfARequest_comesBackOrReachesTei() {
    String[] headers = {
      "X-Secret", "leak-1",
      "Authorization", "Bearer leak-2",
      "Cookie", "session=leak-3",
      "X-API-Key", "leak-4",
      "CamelHttpUri", "http://127.0.0.1:1/leak-5",
      "CamelHttpPath", "/leak-6",
      "CamelMongoDbDatabase", "leak-7",
      "CamelMongoDbCollection", "leak-8",
      "x-priority", "leak-9",
      "id", "leak-10"
    };
    String query = "?k=leak-11&CamelHttpUri=http://127.0.0.1:1/leak-12&X-Secret=leak-13";
    List<Answer> answers =
        List.of(
            bundle.post("/v1/interactions" + query, "{\"agent_id\":\"q\",\"text\":\"q\"}", headers),
            bundle.post("/v1/search" + query, "{\"query\": \"a question\"}", headers),
            bundle.post(
                "/v1/documents" + query, "{\"uri\":\"q.md\",\"text\":\"a document\"}", headers),
            bundle.post("/v1/search" + query, "{\"query\": \"\"}", headers),
            bundle.get("/v1/sources" + query, headers),
            bundle.get("/health" + query, headers));
    assertEquals(List.of(201, 200, 201, 422, 200, 200), statuses(answers));
    for (Answer answer : answers) {
      assertFalse(answer.response().body().contains("leak"), answer.response().body());
      Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      names.addAll(answer.response().headers().map().keySet());
      names.removeAll(Set.of("content-type", "content-length", "transfer-encoding"));
      assertEquals(Set.of(), names, "reply headers");
    }
    assertEquals(3, stubbed.tei().calls().size());
    for (StubTei.Call call : stubbed.tei().calls()) {
      assertFalse(call.headers().toString().contains("leak"), call.headers().toString());
      assertFalse(call.path().contains("leak"), call.path());
      Set<String> names = new TreeSet<>(call.headers().keySet());
      names.removeAll(
          Set.of(
              "host",
              "content-type",
              "content-length",
              "transfer-encoding",
              "connection",
              "accept",
              "accept-encoding",
              "user-agent",
              "x-priority"));
      assertEquals(Set.of(), names, "headers towards TEI");
    }
  }

  private static List<Integer> statuses(List<Answer> answers) {
    return answers.stream().map(Answer::status).toList();
  }

  @Test
  void webPage_isKeptOut() {
    Answer answer = bundle.post("/v1/interactions", GOOD, "Origin", "https://evil.example");
    String detail = Refusal.of(ProblemKind.FORBIDDEN, answer);
    assertTrue(detail.contains("api.keys-file"), detail);
    Refusal.of(ProblemKind.FORBIDDEN, bundle.get("/v1/sources", "Origin", "null"));
  }

  @Test
  void foreignHost_isKeptOut() {
    String reply =
        RawHttp.send(
            bundle.bundle().url(),
            "GET /v1/sources HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assertTrue(reply.startsWith("HTTP/1.1 403 "), reply);
    assertTrue(reply.contains("urn:hippocamel:problem:forbidden"), reply);
    String local =
        RawHttp.send(
            bundle.bundle().url(),
            "GET /v1/sources HTTP/1.1\r\nHost: localhost:1234\r\nConnection: close\r\n\r\n");
    assertTrue(local.startsWith("HTTP/1.1 200 "), local);
  }

  @Test
  void contract_isServedAsItIs() throws IOException {
    Answer answer = bundle.get("/openapi.yaml");
    assertEquals(200, answer.status());
    assertEquals("application/yaml", answer.header("Content-Type"));
    assertEquals(Files.readString(Path.of("api/openapi.yaml")), answer.response().body());
  }

  @Test
  void health_isUpAndManagementSaysTheSame() {
    assertEquals("{\"status\":\"UP\"}", bundle.get("/health").response().body());
    assertEquals(200, bundle.manage("/observe/health/live").status());
    Answer ready = bundle.manage("/observe/health/ready");
    assertEquals(200, ready.status());
    assertTrue(ready.response().body().contains("\"UP\""), ready.response().body());
  }

  @Test
  void metrics_countWhatRoutesDid() {
    bundle.post("/v1/interactions", GOOD);
    Answer answer = bundle.manage("/observe/metrics");
    assertEquals(200, answer.status());
    String metrics = answer.response().body();
    assertTrue(metrics.contains("routeId=\"remember\""), "no metrics of route remember");
    assertTrue(metrics.contains("jvm_memory_used_bytes"), "no metrics of the JVM");
    assertFalse(metrics.contains("a word"));
  }

  @Test
  void rerank_isUnavailableWithoutAReranker() {
    String detail =
        Refusal.of(
            ProblemKind.UNAVAILABLE,
            bundle.post("/v1/rerank", "{\"query\": \"q\", \"documents\": [\"d\"]}"));
    assertTrue(detail.startsWith("reranker not configured: set RERANK_URL"), detail);
  }

  @Test
  void manyRequestsAtOnce_areAllAnswered() {
    List<java.util.concurrent.CompletableFuture<Answer>> posts =
        java.util.stream.IntStream.range(0, 100)
            .mapToObj(
                i ->
                    java.util.concurrent.CompletableFuture.supplyAsync(
                        () ->
                            bundle.postJson(
                                "/v1/interactions",
                                Map.of("agent_id", "crowd", "text", "voice " + i))))
            .toList();
    posts.forEach(post -> assertEquals(201, post.join().status()));
    assertEquals(100, bundle.collection("memories").countDocuments(eq("agent_id", "crowd")));
  }
}
