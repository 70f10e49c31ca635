package org.hippocamel.drill;

import java.time.Duration;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.TokenCountBatchingStrategy;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.OpenAiEmbeddingOptions.EncodingFormat;

/** Spring AI's OpenAI embedding model. */
final class SpringAiClient {
  private SpringAiClient() {}

  /** As its vector stores ask by themselves: documents, in batches by an estimate of tokens. */
  static Client plain(String url) {
    OpenAiEmbeddingOptions options = named(url).build();
    OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder().options(options).build();
    TokenCountBatchingStrategy batches = new TokenCountBatchingStrategy();
    return texts -> model.embed(texts.stream().map(Document::new).toList(), options, batches);
  }

  /**
   * Base64, a connection for every caller, and retries that outlive a storm. One call is one
   * request, so that a refused one costs no more than its own texts; and texts are sent as they
   * are, where a document would be embedded with two line breaks before it.
   */
  static Client best(String url, int retries, int callers) {
    OpenAiEmbeddingOptions.Builder options = named(url).encodingFormat(EncodingFormat.BASE64);
    options.maxRetries(retries);
    OpenAiEmbeddingModel model =
        OpenAiEmbeddingModel.builder()
            .options(options.build())
            .httpClientBuilderCustomizer(
                http -> http.maxIdleConnections(callers).keepAliveDuration(Duration.ofMinutes(5)))
            .build();
    return texts -> model.embed(texts);
  }

  private static OpenAiEmbeddingOptions.Builder named(String url) {
    OpenAiEmbeddingOptions.Builder options = OpenAiEmbeddingOptions.builder();
    options.baseUrl(url + "/v1");
    options.apiKey("none");
    options.model("BAAI/bge-small-en-v1.5");
    return options;
  }
}
