package org.hippocamel.embedding;

import org.hippocamel.problem.Problem;

/**
 * What became of one text: a vector, or the reason why it has none.
 *
 * @param vector {@code float[dimension]}, unit length, finite; null when refused
 * @param refusal null when there is a vector
 */
public record Embedding(float[] vector, Problem refusal) {
  public Embedding {
    if ((vector == null) == (refusal == null)) {
      throw new IllegalArgumentException("an embedding is a vector or a refusal");
    }
  }

  static Embedding of(float[] vector) {
    return new Embedding(vector, null);
  }

  static Embedding refused(Problem problem) {
    return new Embedding(null, problem);
  }

  /**
   * The vector.
   *
   * @throws Problem the refusal
   */
  public float[] orThrow() {
    if (refusal != null) {
      throw refusal;
    }
    return vector;
  }
}
