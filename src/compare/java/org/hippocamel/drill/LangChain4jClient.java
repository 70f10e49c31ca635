package org.hippocamel.drill;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel.OpenAiEmbeddingModelBuilder;
import java.net.http.HttpClient;
import java.util.List;

/** LangChain4j's OpenAI embedding model. */
final class LangChain4jClient implements Client {
  private final OpenAiEmbeddingModel model;

  private LangChain4jClient(OpenAiEmbeddingModelBuilder builder) {
    this.model = builder.build();
  }

  /** With what its builder has by itself. */
  static LangChain4jClient plain(String url) {
    return new LangChain4jClient(named(url));
  }

  /**
   * Base64, TEI's number of texts a request, HTTP/1.1 from the first request on, and retries that
   * outlive a storm.
   */
  static LangChain4jClient best(String url, int textsPerRequest, int retries) {
    HttpClient.Builder http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    return new LangChain4jClient(
        named(url)
            .httpClientBuilder(new JdkHttpClientBuilder().httpClientBuilder(http))
            .encodingFormat("base64")
            .maxSegmentsPerBatch(textsPerRequest)
            .maxRetries(retries));
  }

  private static OpenAiEmbeddingModelBuilder named(String url) {
    return OpenAiEmbeddingModel.builder()
        .baseUrl(url + "/v1")
        .apiKey("none")
        .modelName("BAAI/bge-small-en-v1.5");
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return model.embedAll(texts.stream().map(TextSegment::from).toList()).content().stream()
        .map(Embedding::vector)
        .toList();
  }
}
