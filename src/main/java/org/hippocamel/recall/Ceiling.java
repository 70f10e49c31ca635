package org.hippocamel.recall;

/**
 * The most that a memory can have which no list brought up: every list ends with its lowest score,
 * and what comes after has no higher one (the threshold of Fagin, Lotem and Naor's threshold
 * algorithm, "Optimal aggregation algorithms for middleware", 2003).
 *
 * @param score in the scores of the mode; negative infinity when the lists show everything
 * @param relevance in calibrated units; positive infinity when not known
 */
record Ceiling(double score, double relevance) {
  /** The lists show everything there is. */
  static final Ceiling NOTHING_ELSE =
      new Ceiling(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

  /** Whether no memory that the lists do not show could be a result. */
  boolean below(Threshold threshold) {
    return score == Double.NEGATIVE_INFINITY || !threshold.reached(score, relevance);
  }
}
