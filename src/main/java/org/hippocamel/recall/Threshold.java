package org.hippocamel.recall;

/**
 * What a memory must reach.
 *
 * @param minScore in the scores of the reply; null for any
 */
public record Threshold(Double minScore) {
  /** Whatever is best, however bad. */
  public static final Threshold NONE = new Threshold(null);

  boolean reached(double score) {
    return minScore == null || score >= minScore;
  }
}
