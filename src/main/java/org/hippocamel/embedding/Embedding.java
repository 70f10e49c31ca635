package org.hippocamel.embedding;

import org.hippocamel.problem.Problem;

/**
 * What became of one text: a vector, or the reason why it has none.
 *
 * @param vector {@code float[dimension]}, unit length, finite; null when refused
 * @param tokens its share of the tokens that TEI counted for the call, special tokens included; 0
 *     when refused
 * @param truncated whether the vector is known to stand for the beginning of the text alone: the
 *     rest is longer than the model reads. False where it is not so, and where nobody could say
 * @param refusal null when there is a vector
 */
public record Embedding(float[] vector, int tokens, boolean truncated, Problem refusal) {
  public Embedding {
    if ((vector == null) == (refusal == null)) {
      throw new IllegalArgumentException("an embedding is a vector or a refusal");
    }
  }

  /** A vector of a text that was not cut, or a refusal. */
  public Embedding(float[] vector, int tokens, Problem refusal) {
    this(vector, tokens, false, refusal);
  }

  static Embedding of(float[] vector, int tokens) {
    return new Embedding(vector, tokens, null);
  }

  static Embedding refused(Problem problem) {
    return new Embedding(null, 0, problem);
  }

  /** The same of a text that was cut. */
  Embedding cut() {
    return new Embedding(vector, tokens, true, refusal);
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
