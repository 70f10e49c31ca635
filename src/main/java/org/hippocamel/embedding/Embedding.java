package org.hippocamel.embedding;

import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * What became of one text: a vector, or the reason why it has none.
 *
 * @param vector {@code float[dimension]}, unit length, finite; null when refused
 * @param tokens its share of the tokens that TEI counted for the call, special tokens included; 0
 *     when refused
 * @param cut whether the vector stands for the beginning of the text alone, because the model reads
 *     no more
 * @param refusal null when there is a vector
 */
public record Embedding(float[] vector, int tokens, Cut cut, Problem refusal) {

  /** What is known of a text's end. */
  public enum Cut {
    NO,
    YES,
    UNKNOWN
  }

  public Embedding {
    if ((vector == null) == (refusal == null)) {
      throw new IllegalArgumentException("an embedding is a vector or a refusal");
    }
  }

  /** A vector of a whole text, or a refusal. */
  public Embedding(float[] vector, int tokens, Problem refusal) {
    this(vector, tokens, Cut.NO, refusal);
  }

  static Embedding of(float[] vector, int tokens) {
    return new Embedding(vector, tokens, null);
  }

  static Embedding refused(Problem problem) {
    return new Embedding(null, 0, problem);
  }

  /** Whether the text is known to have been cut. */
  public boolean truncated() {
    return cut == Cut.YES;
  }

  /** The same with what was found out of the text's end. */
  Embedding with(Cut found) {
    return new Embedding(vector, tokens, found, refusal);
  }

  /** This, or a refusal when the vector has another length than the space's; 0 for any. */
  Embedding ofLength(int dimensions) {
    return vector == null || dimensions == 0 || vector.length == dimensions
        ? this
        : refused(
            new Problem(
                ProblemKind.EMBEDDER_FAILED,
                "the embedder answered with "
                    + vector.length
                    + " dimensions, the active space has "
                    + dimensions));
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
