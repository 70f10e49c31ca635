package org.hippocamel.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong on command, as a client sees it on a kept-alive connection. */
class StubFaultsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StubTei stub = new StubTei();
  private LoadConnection client = client(null);

  private LoadConnection client(String apiKey) {
    return new LoadConnection(new Endpoint("stub", URI.create(stub.url()), apiKey, null), PATIENCE);
  }

  private void use(StubTei.Options options) {
    close();
    stub = new StubTei(options);
    client = client(null);
  }

  @AfterEach
  void close() {
    client.close();
    stub.close();
  }

  private LoadConnection.Answer post(String route, String body) throws IOException {
    client.post(route, body.getBytes(StandardCharsets.UTF_8));
    return client.receive();
  }

  private LoadConnection.Answer embed(String... texts) throws IOException {
    return post(
        "/embed", JSON.createObjectNode().set("inputs", JSON.valueToTree(texts)).toString());
  }

  private JsonNode info() throws IOException {
    client.get("/info");
    return JSON.readTree(client.receive().body());
  }

  private static JsonNode json(LoadConnection.Answer answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static void assertGood(LoadConnection.Answer answer, String text) throws IOException {
    assertEquals(200, answer.status(), answer.said());
    assertEquals(StubTei.vector(text, 384)[383], json(answer).at("/0/383").floatValue());
  }

  @ParameterizedTest
  @CsvSource({
    "overloaded,429,Overloaded",
    "unavailable,503,Unhealthy",
    "out-of-memory,424,Backend",
    "invalid,422,Validation"
  })
  void refusals_lastForTheirCalls(String effect, int status, String kind) throws IOException {
    stub.play("calls 2..3 " + effect);
    assertGood(embed("a"), "a");
    for (int call = 2; call <= 3; call++) {
      LoadConnection.Answer refused = embed("a");
      assertEquals(status, refused.status());
      assertEquals(kind, json(refused).get("error_type").asText());
    }
    assertGood(embed("a"), "a");
  }

  @Test
  void openAi_hasErrorsOfItsOwn() throws IOException {
    stub.play("always overloaded");
    JsonNode error = json(post("/v1/embeddings", "{\"input\":\"a\"}"));
    assertEquals("Overloaded", error.get("type").asText());
    assertEquals(429, error.get("code").asInt());
    assertEquals(1, stub.counts().overloaded());
    assertEquals(0, stub.counts().answered());
  }

  @Test
  void storm_lastsForItsTime() throws IOException {
    stub.play("0s..1s overloaded");
    assertEquals(429, embed("a").status());
    Awaitility.await().atMost(PATIENCE).until(() -> embed("a").status(), status -> status == 200);
  }

  @Test
  void nullVectors_areNullInJsonAndNotANumberInBase64() throws IOException {
    stub.play("text \"poison\" null");
    JsonNode vectors = json(embed("good", "poison"));
    assertEquals(StubTei.vector("good", 384)[0], vectors.at("/0/0").floatValue());
    assertEquals(384, vectors.get(1).size());
    vectors.get(1).forEach(value -> assertTrue(value.isNull()));
    String base64 =
        json(post("/v1/embeddings", "{\"input\":[\"poison\"],\"encoding_format\":\"base64\"}"))
            .at("/data/0/embedding")
            .asText();
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
    assertTrue(Float.isNaN(bytes.order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * 383)));
  }

  @Test
  void nullVectors_areForAnyTextsThatCodeChooses() throws IOException {
    stub.play(List.of(Fault.parse("always null").forTexts("1"::equals)));
    JsonNode vectors = json(embed("1", "11"));
    assertTrue(vectors.at("/0/0").isNull());
    assertTrue(vectors.at("/1/0").isNumber());
  }

  @Test
  void dimension_isAnother() throws IOException {
    stub.play("calls 1 dimension 17");
    assertEquals(17, json(embed("a")).get(0).size());
    assertEquals(384, json(embed("a")).get(0).size());
  }

  @Test
  void model_isAnotherInRepliesAndInfo() throws IOException {
    stub.play("calls 1 model org/other");
    assertEquals("org/other", info().get("model_id").asText());
    JsonNode answer = json(post("/v1/embeddings", "{\"input\":\"a\"}"));
    assertEquals("org/other", answer.get("model").asText());
    assertEquals("BAAI/bge-small-en-v1.5", info().get("model_id").asText());
  }

  @Test
  void connections_areResetAndDropped() throws IOException {
    stub.play("calls 1 reset", "calls 2 drop");
    assertThrows(SocketException.class, () -> embed("a"));
    client.close();
    IOException dropped = assertThrows(IOException.class, () -> embed("a"));
    assertTrue(dropped.getMessage().contains("closed in place of an answer"), dropped.toString());
    client.close();
    assertGood(embed("a"), "a");
  }

  @Test
  void connections_areClosedBehindAnAnswerThatSaysNothingOfIt() throws IOException {
    stub.play("calls 1 hang-up");
    assertGood(embed("a"), "a");
    assertThrows(IOException.class, () -> embed("b"));
    client.close();
    assertGood(embed("b"), "b");
  }

  @Test
  void slowCalls_areAnsweredSideBySide() throws Exception {
    stub.play("text \"slow\" slow 300ms");
    long begin = System.nanoTime();
    CompletableFuture<LoadConnection.Answer> slow =
        CompletableFuture.supplyAsync(
            () -> {
              try (LoadConnection other = client(null)) {
                other.post("/embed", "{\"inputs\":\"slow\"}".getBytes(StandardCharsets.UTF_8));
                return other.receive();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await().until(() -> stub.counts().calls() == 1);
    assertGood(embed("quick"), "quick");
    assertGood(slow.get(), "slow");
    assertTrue(System.nanoTime() - begin >= 300_000_000L);
    assertEquals(2, stub.maxTextsInFlight());
  }

  @Test
  void service_isOneCallAfterAnother() throws Exception {
    Device device = new Device(20);
    long begin = System.nanoTime();
    CompletableFuture.allOf(
            IntStream.range(0, 5)
                .mapToObj(
                    i ->
                        CompletableFuture.runAsync(
                            () -> {
                              try {
                                device.serve();
                              } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                              }
                            }))
                .toArray(CompletableFuture[]::new))
        .get();
    assertTrue(System.nanoTime() - begin >= 100_000_000L, "five times 20 ms");
  }

  @Test
  void away_isGoneAndComesBackOnTheSamePort() throws IOException {
    stub.play("0s..1500ms away");
    Awaitility.await().atMost(PATIENCE).until(() -> !reachable());
    Awaitility.await().atMost(PATIENCE).until(this::reachable);
    assertGood(embed("a"), "a");
  }

  @Test
  void away_endsWhenHealed() throws IOException {
    stub.play("0s..10m away");
    Awaitility.await().atMost(PATIENCE).until(() -> !reachable());
    stub.heal();
    assertGood(embed("a"), "a");
  }

  private boolean reachable() {
    client.close();
    try {
      client.get("/health");
      return client.receive().status() == 200;
    } catch (IOException e) {
      client.close();
      return false;
    }
  }

  @Test
  void payloadLimit_isAnsweredInPlainText() throws IOException {
    use(StubTei.Options.defaults().withPayloadLimit(100));
    LoadConnection.Answer answer = embed("x".repeat(100));
    assertEquals(413, answer.status());
    assertEquals("Failed to buffer the request body: length limit exceeded", answer.said());
    assertGood(embed("short"), "short");
  }

  @ParameterizedTest
  @CsvSource({"TEI_1_8,413,413,1.8.2", "TEI_1_9,422,400,1.9.3"})
  void dialects_differInTheirStatuses(Dialect dialect, int invalid, int empty, String version)
      throws IOException {
    use(StubTei.Options.defaults().withDialect(dialect).withMaxClientBatchSize(2));
    LoadConnection.Answer batch = embed("a", "b", "c");
    assertEquals(invalid, batch.status());
    assertEquals("batch size 3 > maximum allowed batch size 2", json(batch).get("error").asText());
    assertEquals(empty, embed("a", "").status());
    assertEquals(empty, post("/embed", "{\"inputs\":[]}").status());
    String tooLong = "{\"inputs\":\"" + "a ".repeat(600) + "\",\"truncate\":false}";
    assertEquals(invalid, post("/embed", tooLong).status());
    assertEquals(version, info().get("version").asText());
    assertEquals(dialect == Dialect.TEI_1_9, info().get("auto_truncate").asBoolean());
  }

  @Test
  void longTexts_areCutByStockServersOnly() throws IOException {
    String request = "{\"input\":\"" + "a ".repeat(600) + "\"}";
    LoadConnection.Answer cut = post("/v1/embeddings", request);
    assertEquals(512, json(cut).at("/usage/prompt_tokens").asInt());
    use(StubTei.Options.defaults().withDialect(Dialect.TEI_1_8));
    assertEquals(413, post("/v1/embeddings", request).status());
  }

  @Test
  void keys_areAskedForExceptOfHealth() throws IOException {
    use(StubTei.Options.defaults().withApiKey("secret"));
    LoadConnection.Answer refused = embed("a");
    assertEquals(401, refused.status());
    assertEquals(0, refused.body().length);
    client.get("/info");
    assertEquals(401, client.receive().status());
    client.get("/health");
    assertEquals(200, client.receive().status());
    client.close();
    client = client("secret");
    assertGood(embed("a"), "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {                   | 400 | Failed to parse the request body as JSON
          {"inputs":{}}       | 422 | Failed to deserialize the JSON body into the target type
          {"inputs":[1,2]}    | 422 | Failed to deserialize the JSON body into the target type
          """)
  void bodies_areRefusedInPlainText(String body, int status, String message) throws IOException {
    LoadConnection.Answer answer = post("/embed", body);
    assertEquals(status, answer.status());
    assertTrue(answer.said().startsWith(message), answer.said());
  }

  @Test
  void dimensions_cutTheVector() throws IOException {
    float[] cut = new float[16];
    JsonNode vector = json(post("/embed", "{\"inputs\":\"a\",\"dimensions\":16}")).get(0);
    for (int i = 0; i < 16; i++) {
      cut[i] = vector.get(i).floatValue();
    }
    assertArrayEquals(StubTei.vector("a", 16), cut);
    assertEquals(422, post("/embed", "{\"inputs\":\"a\",\"dimensions\":385}").status());
  }

  @Test
  void info_hasTheKeysOfARealOne() throws IOException {
    JsonNode info = info();
    for (String key :
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
            "docker_label")) {
      assertTrue(info.has(key), key);
    }
  }

  @Test
  void otherModels_areRefusedAsARealOneDoes() throws IOException {
    LoadConnection.Answer answer = post("/rerank", "{\"query\":\"q\",\"texts\":[\"t\"]}");
    assertEquals(424, answer.status());
    assertEquals(
        "Backend error: model is not a re-ranker model", json(answer).get("error").asText());
    assertEquals(404, post("/v1/models", "{}").status());
    client.get("/embed");
    assertEquals(405, client.receive().status());
  }

  @Test
  void counts_beginAgainWhenForgotten() throws IOException {
    embed("a", "b");
    StubTei.Counts counts = stub.counts();
    assertEquals(new StubTei.Counts(1, 2, 2, 0, 2, 1), counts);
    stub.forgetCalls();
    assertEquals(new StubTei.Counts(0, 0, 0, 0, 0, 0), stub.counts());
  }

  @Test
  void memory_isNotFilledWithCalls() throws IOException {
    use(StubTei.Options.defaults().withoutMemory());
    embed("a");
    assertEquals(List.of(), stub.calls());
    assertEquals(1, stub.counts().calls());
  }
}
