package org.hippocamel.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StubTeiTest {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final StubTei stub = new StubTei(StubTei.Options.defaults().withMaxConcurrentRequests(4));

  @AfterEach
  void close() {
    stub.close();
  }

  @Test
  void embed_answersOneVectorPerText() throws Exception {
    HttpResponse<String> answer = post("/embed", "{\"inputs\":[\"a\",\"b\"]}");
    JsonNode vectors = new ObjectMapper().readTree(answer.body());
    assertEquals(2, vectors.size());
    assertEquals(StubTei.vector("b", 384)[7], vectors.get(1).get(7).floatValue());
    assertEquals(2, stub.maxTextsInFlight());
    assertEquals("b", stub.calls().get(0).texts().get(1));
  }

  @Test
  void openAi_answersBase64() throws Exception {
    HttpResponse<String> answer =
        post("/v1/embeddings", "{\"input\":\"a\",\"encoding_format\":\"base64\"}");
    String text = new ObjectMapper().readTree(answer.body()).at("/data/0/embedding").asText();
    float[] vector = new float[384];
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    assertArrayEquals(StubTei.vector("a", 384), vector);
  }

  @Test
  void failures_comeAndGo() throws Exception {
    stub.failNext(1, 503, "{\"error\":\"unhealthy\",\"error_type\":\"Unhealthy\"}");
    stub.fail("poison"::equals, 422, "{\"error\":\"bad\",\"error_type\":\"Validation\"}");
    assertEquals(503, post("/embed", "{\"inputs\":\"a\"}").statusCode());
    assertEquals(200, post("/embed", "{\"inputs\":\"a\"}").statusCode());
    assertEquals(422, post("/embed", "{\"inputs\":[\"a\",\"poison\"]}").statusCode());
    stub.failNext(1, 0, "");
    assertThrows(IOException.class, () -> post("/embed", "{\"inputs\":\"a\"}"));
    stub.heal();
    assertEquals(200, post("/embed", "{\"inputs\":\"poison\"}").statusCode());
    assertEquals(429, post("/embed", "{\"inputs\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}").statusCode());
  }

  @Test
  void stopAndRestart_keepThePort() throws Exception {
    String url = stub.url();
    stub.stop();
    assertThrows(IOException.class, () -> post("/embed", "{\"inputs\":\"a\"}"));
    stub.restartOnSamePort();
    assertEquals(url, stub.url());
    assertEquals(200, post("/embed", "{\"inputs\":\"a\"}").statusCode());
  }

  @Test
  void tokenize_givesByteOffsets() throws Exception {
    JsonNode tokens =
        new ObjectMapper().readTree(post("/tokenize", "{\"inputs\":\"é b\"}").body()).get(0);
    assertEquals(4, tokens.size());
    assertEquals(2, tokens.get(1).get("stop").asInt());
    assertEquals(3, tokens.get(2).get("start").asInt());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stub.url() + path))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
