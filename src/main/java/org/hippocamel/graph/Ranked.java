package org.hippocamel.graph;

import java.util.List;

/**
 * The candidates of a context, best first.
 *
 * @param reranked whether the order is the reranker's
 * @param reason why it is not, or null where nobody asked for it
 */
public record Ranked(List<Candidate> candidates, boolean reranked, String reason) {
  public Ranked {
    candidates = List.copyOf(candidates);
  }

  static Ranked of(List<Candidate> candidates) {
    return new Ranked(candidates, false, null);
  }

  Ranked with(List<Candidate> changed) {
    return new Ranked(changed, reranked, reason);
  }

  /** Memories that the graph alone brought up. */
  public long walked() {
    return candidates.stream().filter(candidate -> candidate.hop() > 0).count();
  }
}
