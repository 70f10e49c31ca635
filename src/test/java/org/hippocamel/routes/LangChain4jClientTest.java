package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel.OpenAiEmbeddingModelBuilder;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI model, unchanged but for its base URL, against the running bundle. */
class LangChain4jClientTest {
  private static StubbedBundle stubbed;

  @BeforeAll
  static void open() {
    stubbed = GatewayBundle.open();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  private static OpenAiEmbeddingModelBuilder model() {
    return OpenAiEmbeddingModel.builder()
        .baseUrl(stubbed.bundle().bundle().url() + "/v1")
        .apiKey(GatewayBundle.KEY)
        .modelName(GatewayBundle.MODEL)
        .maxRetries(1);
  }

  @Test
  void model_embedsAText() {
    Response<Embedding> response = model().build().embed("two words");
    assertArrayEquals(
        StubTei.vector("two words", GatewayBundle.DIMENSIONS), response.content().vector());
    assertEquals(4, response.tokenUsage().inputTokenCount());
  }

  @Test
  void model_embedsABatch_asNumbersAndAsBase64() {
    for (String format : List.of("float", "base64")) {
      // 300 KB, because its HTTP client asks for HTTP/2 with the first request of a connection.
      assertBatch(100, " long".repeat(600), model().encodingFormat(format).user("tester").build());
    }
  }

  /** It sends up to 2,048 texts a request unless told otherwise, as OpenAI takes them. */
  @Test
  void model_embedsMoreThanOneRequestHolds() {
    assertBatch(2_050, "", model().build());
  }

  private static void assertBatch(int size, String end, OpenAiEmbeddingModel model) {
    List<TextSegment> texts =
        IntStream.range(0, size).mapToObj(i -> TextSegment.from("text " + i + end)).toList();
    List<Embedding> embeddings = model.embedAll(texts).content();
    assertEquals(size, embeddings.size());
    for (int i = 0; i < size; i++) {
      assertArrayEquals(
          StubTei.vector(texts.get(i).text(), GatewayBundle.DIMENSIONS),
          embeddings.get(i).vector());
    }
  }

  @Test
  void model_takesTheDimensionsOfThisServer() {
    assertEquals(
        GatewayBundle.DIMENSIONS,
        model().dimensions(GatewayBundle.DIMENSIONS).build().embed("a").content().dimension());
    assertEquals(64, model().dimensions(64).build().embed("a").content().dimension());
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class, () -> model().dimensions(1_536).build().embed("a"));
    assertTrue(
        refused.getMessage().contains("dimensions 1536 is not what the served model gives"),
        refused.getMessage());
  }

  @Test
  void model_isToldWhichTextTheEmbedderRefuses() {
    stubbed.tei().fail("poison"::equals, 413, "{\"error\":\"too long\"}");
    InvalidRequestException refused =
        assertThrows(
            InvalidRequestException.class,
            () ->
                model()
                    .build()
                    .embedAll(List.of(TextSegment.from("good"), TextSegment.from("poison"))));
    assertTrue(refused.getMessage().contains("the text at index 1"), refused.getMessage());
  }

  @Test
  void model_withAWrongKeyIsUnauthenticated() {
    assertThrows(
        AuthenticationException.class, () -> model().apiKey("sk-wrong").build().embed("let me in"));
  }

  @Test
  void model_givesUpAfterItsRetries_whenTheEmbedderIsAway() {
    stubbed.tei().stop();
    try {
      InternalServerException away =
          assertThrows(InternalServerException.class, () -> model().build().embed("hello?"));
      assertTrue(away.getMessage().contains("tei.url"), away.getMessage());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    assertEquals(GatewayBundle.DIMENSIONS, model().build().dimension());
  }
}
