package org.hippocamel.rerank;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts the scores of a server to the one scale there is here: probabilities in [0, 1]. TEI is asked
 * for them, and yet some versions and models answer with logits. A single score outside of [0, 1]
 * gives that away, and what is known of a server once holds for all that it answers. Thread-safe.
 */
final class ScoreScale {
  /** A probability that was computed with less care than ours. */
  private static final float ROUNDING = 1e-3f;

  private volatile boolean logits;

  /**
   * All scores of one request.
   *
   * @param scores as the server gave them, NaN where it refused
   * @return in [0, 1]; 0 for NaN
   */
  List<Float> probabilities(float[] scores) {
    for (float score : scores) {
      if (score < -ROUNDING || score > 1 + ROUNDING) {
        logits = true;
      }
    }
    List<Float> probabilities = new ArrayList<>(scores.length);
    for (float score : scores) {
      probabilities.add(Float.isNaN(score) ? 0f : probability(score));
    }
    return probabilities;
  }

  private float probability(float score) {
    return logits ? (float) (1 / (1 + Math.exp(-score))) : Math.max(0, Math.min(1, score));
  }

  /** Another server or model may answer from now on. */
  void forget() {
    logits = false;
  }
}
