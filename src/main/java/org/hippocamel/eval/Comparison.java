package org.hippocamel.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Two runs over the same queries.
 *
 * @param difference second minus first, with its interval
 * @param queries how many
 */
public record Comparison(
    String first, String second, Metric metric, Bootstrap.Interval difference, int queries) {
  /** Below this many queries an interval of resampled means is too narrow to be believed. */
  private static final int FEWEST = 30;

  /** A difference below this matters to nobody who searches. */
  private static final double NOTHING = 0.005;

  /** Who won. */
  public enum Verdict {
    FIRST,
    SECOND,
    ALIKE,
    UNDECIDED
  }

  /** Two runs that are to be compared, and the difference of each query. */
  private record Pair(Run first, Run second, double[] differences) {
    static Pair of(Run first, Run second, Metric metric) {
      if (!first.queries().equals(second.queries())) {
        throw new IllegalArgumentException(
            first.name() + " and " + second.name() + " did not answer the same queries");
      }
      return new Pair(
          first,
          second,
          Bootstrap.differences(first.values().get(metric), second.values().get(metric)));
    }
  }

  /**
   * Every run with every later one.
   *
   * @throws IllegalArgumentException when they did not answer the same queries
   */
  static List<Comparison> all(List<Run> runs, Metric metric) {
    List<Pair> pairs = new ArrayList<>();
    for (int second = 1; second < runs.size(); second++) {
      for (int first = 0; first < second; first++) {
        pairs.add(Pair.of(runs.get(first), runs.get(second), metric));
      }
    }
    if (pairs.isEmpty()) {
      return List.of();
    }
    Iterator<Bootstrap.Interval> intervals =
        new Bootstrap().means(pairs.stream().map(Pair::differences).toList()).iterator();
    return pairs.stream()
        .map(
            pair ->
                new Comparison(
                    pair.first().name(),
                    pair.second().name(),
                    metric,
                    intervals.next(),
                    pair.first().queries().size()))
        .toList();
  }

  /**
   * A winner only where the interval leaves zero out and the queries are enough for one; alike
   * where the whole interval is close to zero.
   */
  public Verdict verdict() {
    if (queries < FEWEST) {
      return Verdict.UNDECIDED;
    }
    if (difference.excludesZero()) {
      return difference.mean() > 0 ? Verdict.SECOND : Verdict.FIRST;
    }
    boolean close = difference.low() > -NOTHING && difference.high() < NOTHING;
    return close ? Verdict.ALIKE : Verdict.UNDECIDED;
  }

  /** {@code hybrid is better than vector: nDCG@10 +0.0301 [+0.0122, +0.0483]}. */
  public String sentence() {
    String claim =
        switch (verdict()) {
          case FIRST -> first + " is better than " + second;
          case SECOND -> second + " is better than " + first;
          case ALIKE -> second + " and " + first + " are alike";
          case UNDECIDED -> "too few queries to tell " + second + " from " + first;
        };
    return String.format(
        Locale.ROOT,
        "%s: %s of %s %+.4f [%+.4f, %+.4f]",
        claim,
        metric.word(),
        second,
        difference.mean(),
        difference.low(),
        difference.high());
  }
}
