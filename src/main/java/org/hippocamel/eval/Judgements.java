package org.hippocamel.eval;

import java.util.Map;

/**
 * Which documents answer which query, and how well. Documents that are not judged count as 0.
 *
 * @param grades by query, then by document; from 1 on a document is relevant
 */
public record Judgements(Map<String, Map<String, Integer>> grades) {
  public Judgements {
    grades = Map.copyOf(grades);
  }

  /** The grades of one query, empty when it is not judged. */
  public Map<String, Integer> of(String query) {
    return grades.getOrDefault(query, Map.of());
  }

  public boolean judged(String query) {
    return grades.containsKey(query);
  }
}
