package org.hippocamel.cases;

import java.util.List;

/**
 * What a search is answered.
 *
 * @param search the question
 * @param arm how it was ranked
 * @param positives what worked, best first, no two of them near-duplicates
 * @param negatives what did not, likewise
 * @param space id of the embedding space
 * @param truncated whether the problem was compared by its beginning alone
 */
public record CaseReply(
    CaseSearch search,
    Arm arm,
    List<Example> positives,
    List<Example> negatives,
    String space,
    boolean truncated) {
  public CaseReply {
    positives = List.copyOf(positives);
    negatives = List.copyOf(negatives);
  }

  /** Whether nothing in the bank is like the problem. */
  public boolean noSimilarCase() {
    return positives.isEmpty() && negatives.isEmpty();
  }
}
