package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's embeddings API over REST, served by the calls that everybody shares. */
class EmbeddingsRouteTest {
  private static final String PATH = "/v1/embeddings";
  private static final int DIMENSIONS = 384;

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
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

  @Test
  void embeddings_areNumbersUnlessAskedOtherwise() {
    Answer answer = bundle.post(PATH, "{\"input\": \"two words\", \"model\": \"any-name\"}");
    assertEquals(200, answer.status(), answer.response().body());
    JsonNode json = answer.json();
    assertEquals("list", json.get("object").asText());
    assertEquals("BAAI/bge-small-en-v1.5", json.get("model").asText());
    assertEquals("embedding", json.at("/data/0/object").asText());
    JsonNode numbers = json.at("/data/0/embedding");
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).floatValue();
    }
    assertArrayEquals(StubTei.vector("two words", DIMENSIONS), vector);
    assertEquals(json.at("/usage/prompt_tokens"), json.at("/usage/total_tokens"));
    assertTrue(json.at("/usage/total_tokens").asInt() > 0);
  }

  @Test
  void embeddings_comeInOrderAndInBase64() {
    List<String> texts = IntStream.range(0, 100).mapToObj(i -> "text " + i).toList();
    Answer answer = bundle.postJson(PATH, Map.of("input", texts, "encoding_format", "base64"));
    JsonNode data = answer.json().get("data");
    assertEquals(100, data.size(), answer.response().body());
    for (int i = 0; i < texts.size(); i++) {
      assertEquals(i, data.get(i).get("index").asInt());
      byte[] bytes = Base64.getDecoder().decode(data.get(i).get("embedding").asText());
      float[] vector = new float[bytes.length / 4];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
      assertArrayEquals(StubTei.vector(texts.get(i), DIMENSIONS), vector);
    }
  }

  @Test
  void embeddings_haveNoInstructionAndAreNotStored() {
    bundle.post(PATH, "{\"input\": \"as it is\"}");
    assertEquals(List.of("as it is"), stubbed.embedded());
    assertEquals(0, bundle.collection("memories").countDocuments());
  }

  @Test
  void embeddings_refuseInOpenAisWords() {
    assertError(400, "invalid", "/input/1", bundle.post(PATH, "{\"input\": [\"a\", \"\"]}"));
    assertError(
        400, "invalid", "/dimensions", bundle.post(PATH, "{\"input\": \"a\", \"dimensions\": 7}"));
    assertError(400, "malformed", null, bundle.post(PATH, "{"));
    assertError(
        403,
        "forbidden",
        null,
        bundle.post(PATH, "{\"input\": \"a\"}", "Origin", "https://page.example"));
  }

  @Test
  void embeddings_refuseInOpenAisWords_whatNoRouteSees() {
    assertError(405, "not-allowed", null, bundle.get(PATH));
    Answer noPrefix = bundle.post("/embeddings", "{\"input\": \"a\"}");
    assertError(404, "not-found", null, noPrefix);
    String message = noPrefix.json().at("/error/message").asText();
    assertTrue(message.endsWith("end the base URL of OpenAI's clients in /v1"), message);
    assertError(404, "not-found", null, bundle.get("/v1/models/some-model"));
    assertError(404, "not-found", null, bundle.post("/v1/chat/completions", "{}"));
  }

  @Test
  void embeddings_takeBlanksForText() {
    assertEquals(200, bundle.post(PATH, "{\"input\": [\" \", \"\\n\"]}").status());
  }

  @Test
  void embeddings_ofALengthThatTheModelDoesNotGive_areRefusedBeforeItIsAsked() {
    bundle.post(PATH, "{\"input\": \"a\", \"dimensions\": 7}");
    assertEquals(List.of(), stubbed.embedded());
  }

  @Test
  void embeddings_sayThatTeiRefusesOrIsAway() {
    stubbed.tei().fail(text -> text.equals("poison"), 422, "{\"error\":\"no\"}");
    assertError(400, "invalid", "/input/0", bundle.post(PATH, "{\"input\": \"poison\"}"));
    stubbed.tei().fail(text -> text.equals("memory"), 424, "{\"error\":\"out of memory\"}");
    assertError(502, "embedder-failed", null, bundle.post(PATH, "{\"input\": \"memory\"}"));
    stubbed.tei().stop();
    try {
      Answer answer = bundle.post(PATH, "{\"input\": \"hello?\"}");
      assertError(503, "unavailable", null, answer);
      assertEquals("1", answer.header("Retry-After"));
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    assertEquals(200, bundle.post(PATH, "{\"input\": \"hello!\"}").status());
  }

  private static void assertError(int status, String code, String param, Answer answer) {
    assertEquals(status, answer.status(), answer.response().body());
    assertEquals("application/json", answer.header("Content-Type"));
    JsonNode error = answer.json().get("error");
    assertEquals(code, error.get("code").asText());
    assertEquals(param, error.get("param").textValue());
    assertTrue(error.get("message").isTextual() && error.get("type").isTextual());
  }
}
