package org.hippocamel.rerank;

import java.util.List;
import org.hippocamel.problem.Problem;

/**
 * Scores of texts, or why there are none.
 *
 * @param scores probability in [0, 1] that a text answers the query, in the order of the texts; 0
 *     for a text that the reranker refused; empty when there are none
 * @param modelId the reranker's model, or null where none is known
 * @param tokens of all pairs, as the server counted them; 0 when it said nothing
 * @param obstacle why there are none; null when there are
 * @param detail a sentence about the obstacle; null without one
 */
public record Reranked(
    List<Float> scores, String modelId, int tokens, Obstacle obstacle, String detail) {
  public Reranked {
    scores = List.copyOf(scores);
  }

  /** With scores. */
  public static Reranked done(List<Float> scores, String modelId, int tokens) {
    return new Reranked(scores, modelId, tokens, null, null);
  }

  /** Without, and why. */
  public static Reranked not(Obstacle obstacle, String detail) {
    return new Reranked(List.of(), null, 0, obstacle, detail);
  }

  /** Whether there are scores. */
  public boolean done() {
    return obstacle == null;
  }

  /** Why there are none, {@code too slow: no scores within ...}; null when there are. */
  public String reason() {
    return done() ? null : obstacle.words() + ": " + detail;
  }

  /**
   * The scores, for whoever cannot do without.
   *
   * @throws Problem Unavailable, Overloaded, Timeout or Reranker failed when there are none
   */
  public List<Float> orThrow() {
    if (done()) {
      return scores;
    }
    throw new Problem(obstacle.kind(), "reranker " + reason());
  }
}
