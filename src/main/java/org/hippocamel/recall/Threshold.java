package org.hippocamel.recall;

/**
 * What a memory must reach to be a result at all.
 *
 * @param minScore in the scores of the reply, whose meaning is the mode's; null for any
 * @param minRelevance in calibrated units, which mean the same in every mode; null for any
 */
public record Threshold(Double minScore, Double minRelevance) {
  /** Whatever is best, however bad. */
  public static final Threshold NONE = new Threshold(null, null);

  /** Whether there is none. */
  boolean none() {
    return minScore == null && minRelevance == null;
  }

  /** Whether both scores of a memory must be known, whatever the mode. */
  boolean byRelevance() {
    return minRelevance != null;
  }

  boolean reached(double score, double relevance) {
    return (minScore == null || score >= minScore)
        && (minRelevance == null || relevance >= minRelevance);
  }
}
