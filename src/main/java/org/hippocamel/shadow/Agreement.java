package org.hippocamel.shadow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How alike two answers to one question are.
 *
 * @param overlap share of the first k results that both have, in [0, 1] (overlap@k); of two answers
 *     shorter than k, the share of the longer one
 * @param tau Kendall's tau of the results that both have, in [-1, 1], 1 for the same order; null
 *     where they share fewer than two
 */
public record Agreement(double overlap, Double tau) {

  /**
   * Compares two rankings without ties.
   *
   * @param first ids, best first, each once
   * @param second ids, best first, each once
   * @param k results that count, from 1
   * @return null when nothing was found by either
   */
  public static Agreement of(List<String> first, List<String> second, int k) {
    List<String> left = first.subList(0, Math.min(k, first.size()));
    List<String> right = second.subList(0, Math.min(k, second.size()));
    int longer = Math.max(left.size(), right.size());
    if (longer == 0) {
      return null;
    }
    Map<String, Integer> places = new HashMap<>();
    right.forEach(id -> places.put(id, places.size()));
    List<Integer> common = left.stream().filter(places::containsKey).map(places::get).toList();
    return new Agreement((double) common.size() / longer, tau(common));
  }

  /** Places in the second ranking, in the order of the first. */
  private static Double tau(List<Integer> places) {
    int pairs = places.size() * (places.size() - 1) / 2;
    if (pairs == 0) {
      return null;
    }
    int concordant = 0;
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        concordant += places.get(i) < places.get(j) ? 1 : 0;
      }
    }
    return 2.0 * concordant / pairs - 1;
  }
}
