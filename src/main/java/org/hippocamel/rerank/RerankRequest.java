package org.hippocamel.rerank;

import java.util.List;

/**
 * Texts to be scored by how well they answer a query.
 *
 * @param texts any number of them
 * @param patient whether there is nothing to show without the scores: then {@code
 *     rerank.api-deadline-millis} bounds the wait instead of {@code rerank.deadline-millis}, and
 *     others go first
 */
public record RerankRequest(String query, List<String> texts, boolean patient) {
  public RerankRequest {
    texts = List.copyOf(texts);
  }

  /** For somebody who can do without. */
  public RerankRequest(String query, List<String> texts) {
    this(query, texts, false);
  }
}
