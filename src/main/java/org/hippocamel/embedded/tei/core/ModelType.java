package org.hippocamel.embedded.tei.core;

import java.util.List;

/** What a model is for; it decides which routes answer. */
public sealed interface ModelType {
  /** Texts to vectors. */
  record Embedding(Pooling pooling) implements ModelType {}

  /**
   * Texts or pairs to scores: a reranker if there is one label.
   *
   * @param labels by the model's output index, at least one
   */
  record Classifier(List<String> labels) implements ModelType {
    public boolean isReranker() {
      return labels.size() == 1;
    }
  }

  default boolean isReranker() {
    return this instanceof Classifier classifier && classifier.isReranker();
  }
}
