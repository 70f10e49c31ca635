package org.hippocamel.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation found.
 *
 * @param dataset name of the set
 * @param documents in its corpus
 * @param space embedding space of the searched service
 * @param depth results asked of each search
 * @param ingestSeconds time to store the corpus; 0 when it was there already
 * @param runs one for each variant
 * @param comparisons of each run with each other by nDCG@10
 */
public record Report(
    String dataset,
    int documents,
    String space,
    int depth,
    double ingestSeconds,
    List<Run> runs,
    List<Comparison> comparisons) {
  public Report {
    runs = List.copyOf(runs);
    comparisons = List.copyOf(comparisons);
  }

  public int queries() {
    return runs.get(0).queries().size();
  }

  /** Means of a run with their intervals. */
  static Map<Metric, Bootstrap.Interval> means(Run run) {
    Bootstrap bootstrap = new Bootstrap();
    Map<Metric, Bootstrap.Interval> means = new LinkedHashMap<>();
    run.values().forEach((metric, values) -> means.put(metric, bootstrap.mean(values)));
    return means;
  }
}
