package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.List;
import java.util.stream.IntStream;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, unchanged but for its base URL, against the running bundle. */
class OpenAiClientTest {
  private static StubbedBundle stubbed;
  private static OpenAIClient client;

  @BeforeAll
  static void open() {
    stubbed = GatewayBundle.open();
    client = client(stubbed.bundle().bundle().url(), GatewayBundle.KEY);
  }

  @AfterAll
  static void close() {
    client.close();
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  private static OpenAIClient client(String url, String key) {
    return OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey(key).maxRetries(1).build();
  }

  @Test
  void client_getsTheVectorOfAText() {
    CreateEmbeddingResponse response = client.embeddings().create(texts("two words").build());
    response.validate();
    assertVectors(List.of("two words"), response);
    assertEquals(GatewayBundle.MODEL, response.model());
    assertEquals(4, response.usage().totalTokens());
  }

  @Test
  void client_getsABatchInOrder_asNumbersAndAsBase64() {
    String[] texts = IntStream.range(0, 100).mapToObj(i -> "text " + i).toArray(String[]::new);
    for (EmbeddingCreateParams.EncodingFormat format :
        List.of(
            EmbeddingCreateParams.EncodingFormat.FLOAT,
            EmbeddingCreateParams.EncodingFormat.BASE64)) {
      CreateEmbeddingResponse response =
          client.embeddings().create(texts(texts).encodingFormat(format).user("tester").build());
      assertVectors(List.of(texts), response);
    }
  }

  @Test
  void client_getsShorterVectors_whereTheModelIsSaidToGiveThem() {
    CreateEmbeddingResponse response =
        client.embeddings().create(texts("cut").dimensions(64).build());
    List<Float> vector = response.data().get(0).embedding();
    assertEquals(64, vector.size());
    assertEquals(1, vector.stream().mapToDouble(value -> value * value).sum(), 1e-5);
    float[] whole = StubTei.vector("cut", GatewayBundle.DIMENSIONS);
    assertEquals(whole[1] / whole[0], vector.get(1) / vector.get(0), 1e-4);
    BadRequestException refused =
        assertThrows(
            BadRequestException.class,
            () -> client.embeddings().create(texts("cut").dimensions(63).build()));
    assertEquals("/dimensions", refused.param().orElseThrow());
  }

  @Test
  void client_findsTheModel() {
    List<Model> models = client.models().list().data();
    models.get(0).validate();
    assertEquals(List.of(GatewayBundle.MODEL), models.stream().map(Model::id).toList());
  }

  @Test
  void client_isToldWhatIsWrongWithARequest() {
    BadRequestException tokens =
        assertThrows(
            BadRequestException.class,
            () ->
                client
                    .embeddings()
                    .create(
                        EmbeddingCreateParams.builder()
                            .model("any")
                            .inputOfArrayOfTokens(List.of(101L, 7592L, 102L))
                            .build()));
    assertTrue(tokens.getMessage().contains("send the texts themselves"), tokens.getMessage());
    BadRequestException empty =
        assertThrows(
            BadRequestException.class, () -> client.embeddings().create(texts("a", "").build()));
    assertEquals("/input/1", empty.param().orElseThrow());
    assertEquals("invalid_request_error", empty.type().orElseThrow());
    assertEquals("invalid", empty.code().orElseThrow());
    assertEquals(List.of(), stubbed.tei().calls());
  }

  @Test
  void client_isToldWhichTextTheEmbedderRefuses_andDoesNotTryAgain() {
    stubbed.tei().fail(text -> text.startsWith("poison"), 422, "{\"error\":\"no such text\"}");
    BadRequestException refused =
        assertThrows(
            BadRequestException.class,
            () -> client.embeddings().create(texts("a", "poison 1", "b", "poison 2").build()));
    assertEquals("/input/1", refused.param().orElseThrow());
    assertTrue(refused.getMessage().contains("the text at index 3"), refused.getMessage());
    assertTrue(refused.getMessage().contains("no such text"), refused.getMessage());
    assertTrue(refused.body().toString().contains("/input/3"), refused.body().toString());
    long asked = stubbed.embedded().stream().filter("poison 1"::equals).count();
    assertEquals(3, asked, "in the batch, in its half and alone");
  }

  @Test
  void client_withAWrongKeyIsUnauthorised() {
    OpenAIClient stranger = client(stubbed.bundle().bundle().url(), "sk-wrong");
    try {
      UnauthorizedException refused =
          assertThrows(
              UnauthorizedException.class,
              () -> stranger.embeddings().create(texts("let me in").build()));
      assertTrue(refused.getMessage().contains("not a known one"), refused.getMessage());
      assertThrows(UnauthorizedException.class, () -> stranger.models().list());
    } finally {
      stranger.close();
    }
  }

  @Test
  void client_isToldWhatThereIsNot() {
    NotFoundException refused =
        assertThrows(
            NotFoundException.class,
            () ->
                client
                    .completions()
                    .create(CompletionCreateParams.builder().model("m").prompt("p").build()));
    assertTrue(refused.getMessage().contains("nothing at /v1/completions"), refused.getMessage());
  }

  @Test
  void client_givesUpAfterItsRetries_whenTheEmbedderIsBusyOrAway() {
    stubbed.tei().fail("busy"::equals, 429, "{\"message\":\"Model is overloaded\"}");
    assertThrows(RateLimitException.class, () -> client.embeddings().create(texts("busy").build()));
    stubbed.tei().stop();
    try {
      InternalServerException away =
          assertThrows(
              InternalServerException.class,
              () -> client.embeddings().create(texts("away").build()));
      assertEquals(503, away.statusCode());
      assertTrue(away.getMessage().contains("tei.url"), away.getMessage());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    assertVectors(List.of("back"), client.embeddings().create(texts("back").build()));
  }

  @Test
  void client_withNobodyAtTheOtherEndSaysSo() {
    OpenAIClient lonely = client("http://127.0.0.1:1", GatewayBundle.KEY);
    try {
      assertThrows(
          OpenAIIoException.class, () -> lonely.embeddings().create(texts("hello?").build()));
    } finally {
      lonely.close();
    }
  }

  private static EmbeddingCreateParams.Builder texts(String... texts) {
    EmbeddingCreateParams.Builder request =
        EmbeddingCreateParams.builder().model("text-embedding-3-small");
    return texts.length == 1
        ? request.input(texts[0])
        : request.inputOfArrayOfStrings(List.of(texts));
  }

  private static void assertVectors(List<String> texts, CreateEmbeddingResponse response) {
    assertEquals(texts.size(), response.data().size());
    for (int i = 0; i < texts.size(); i++) {
      List<Float> values = response.data().get(i).embedding();
      float[] vector = new float[values.size()];
      for (int at = 0; at < vector.length; at++) {
        vector[at] = values.get(at);
      }
      assertArrayEquals(StubTei.vector(texts.get(i), GatewayBundle.DIMENSIONS), vector);
      assertEquals(i, response.data().get(i).index());
    }
  }
}
