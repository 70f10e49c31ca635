package org.hippocamel.eval;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param dataset name of the set
 * @param documents in its corpus
 * @param space embedding space of the searched service
 * @param depth results asked of each search; metrics that look deeper see no more
 * @param ingestSeconds time to store the corpus; 0 when it was there already
 * @param runs one for each variant
 * @param comparisons of each run with each other, and with earlier ones, by nDCG@10
 */
public record Report(
    String dataset,
    int documents,
    String space,
    int depth,
    double ingestSeconds,
    List<Scored> runs,
    List<Comparison> comparisons) {
  public Report {
    runs = List.copyOf(runs);
    comparisons = List.copyOf(comparisons);
  }

  /**
   * A run and its means.
   *
   * @param means of each metric, with their intervals
   */
  public record Scored(Run run, Map<Metric, Bootstrap.Interval> means) {}

  /**
   * The report of runs over one set of queries.
   *
   * @param earlier runs to compare with, none of them measured now
   * @throws IllegalArgumentException when an earlier one answered other queries
   */
  public static Report of(
      String dataset,
      int documents,
      String space,
      int depth,
      double ingestSeconds,
      List<Run> runs,
      List<Run> earlier) {
    List<Run> all = new ArrayList<>(earlier);
    all.addAll(runs);
    return new Report(
        dataset,
        documents,
        space,
        depth,
        ingestSeconds,
        scored(runs),
        Comparison.all(all, Metric.NDCG_10));
  }

  private static List<Scored> scored(List<Run> runs) {
    List<double[]> series = runs.stream().flatMap(run -> run.values().values().stream()).toList();
    Iterator<Bootstrap.Interval> means = new Bootstrap().means(series).iterator();
    List<Scored> scored = new ArrayList<>();
    for (Run run : runs) {
      Map<Metric, Bootstrap.Interval> own = new LinkedHashMap<>();
      run.values().keySet().forEach(metric -> own.put(metric, means.next()));
      scored.add(new Scored(run, own));
    }
    return scored;
  }

  /** How many queries each run has answered. */
  public int queries() {
    return runs.get(0).run().queries().size();
  }
}
