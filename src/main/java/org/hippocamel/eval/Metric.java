package org.hippocamel.eval;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One figure for the ranking of one query, in [0, 1], by trec_eval's definitions: {@code recall},
 * {@code success}, {@code recip_rank} and {@code map_cut} count documents of grade 1 and more;
 * {@code ndcg_cut} gains the grade itself, discounted by log2(rank + 1), over the best order that
 * the judgements allow. A query with nothing relevant scores 0.
 *
 * @param measure what is computed
 * @param depth results that are looked at
 */
public record Metric(Measure measure, int depth) {
  /** What reports compare runs by. */
  public static final Metric NDCG_10 = new Metric(Measure.NDCG, 10);

  /** What is computed of the first results. */
  public enum Measure {
    /** Share of the relevant documents that are among them. */
    RECALL("recall"),
    /** Whether one of them is relevant. */
    HIT("hit"),
    /** One over the rank of the first relevant one. */
    MRR("MRR"),
    /** Discounted gain over the best possible. */
    NDCG("nDCG"),
    /** Mean of the precisions at the relevant ones, over all relevant documents. */
    MAP("MAP");

    private final String word;

    Measure(String word) {
      this.word = word;
    }
  }

  /** Every metric that reports show, in their order. */
  public static List<Metric> all() {
    return List.of(
        NDCG_10,
        new Metric(Measure.MRR, 10),
        new Metric(Measure.MAP, 100),
        new Metric(Measure.RECALL, 1),
        new Metric(Measure.RECALL, 3),
        new Metric(Measure.RECALL, 5),
        new Metric(Measure.RECALL, 10),
        new Metric(Measure.HIT, 1),
        new Metric(Measure.HIT, 3),
        new Metric(Measure.HIT, 5),
        new Metric(Measure.HIT, 10));
  }

  /** As reports show it: {@code nDCG@10}. */
  public String word() {
    return measure.word + "@" + depth;
  }

  /** The metric of that name, whatever its case. */
  static Metric of(String word) {
    return all().stream()
        .filter(metric -> metric.word().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric named " + word));
  }

  /** Its value for one query. */
  public double value(Ranking ranking, Map<String, Integer> grades) {
    int[] gains =
        ranking.documents().stream()
            .limit(depth)
            .mapToInt(document -> Math.max(0, grades.getOrDefault(document, 0)))
            .toArray();
    long relevant = grades.values().stream().filter(grade -> grade > 0).count();
    if (relevant == 0) {
      return 0;
    }
    return switch (measure) {
      case RECALL -> (double) found(gains) / relevant;
      case HIT -> found(gains) > 0 ? 1 : 0;
      case MRR -> reciprocalRank(gains);
      case NDCG -> discounted(gains) / discounted(best(grades));
      case MAP -> precisions(gains) / relevant;
    };
  }

  private static int found(int[] gains) {
    int found = 0;
    for (int gain : gains) {
      found += gain > 0 ? 1 : 0;
    }
    return found;
  }

  private static double reciprocalRank(int[] gains) {
    for (int i = 0; i < gains.length; i++) {
      if (gains[i] > 0) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private static double discounted(int[] gains) {
    double sum = 0;
    for (int i = 0; i < gains.length; i++) {
      sum += gains[i] * Math.log(2) / Math.log(i + 2);
    }
    return sum;
  }

  private int[] best(Map<String, Integer> grades) {
    Stream<Integer> positive = grades.values().stream().filter(grade -> grade > 0);
    return positive
        .sorted(Comparator.reverseOrder())
        .limit(depth)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double precisions(int[] gains) {
    double sum = 0;
    int found = 0;
    for (int i = 0; i < gains.length; i++) {
      if (gains[i] > 0) {
        found++;
        sum += (double) found / (i + 1);
      }
    }
    return sum;
  }

  @Override
  public String toString() {
    return word().toLowerCase(Locale.ROOT);
  }
}
