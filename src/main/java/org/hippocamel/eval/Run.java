package org.hippocamel.eval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one variant scored on one set.
 *
 * @param name of the variant
 * @param queries ids, in the order of every series
 * @param values for each metric, one value for each query
 * @param latency of the searches
 */
public record Run(
    String name, List<String> queries, Map<Metric, double[]> values, Latency latency) {

  /** Scores rankings, one for each query of the set and in its order. */
  public static Run of(String name, Dataset dataset, List<Ranking> rankings, Latency latency) {
    Map<Metric, double[]> values = new LinkedHashMap<>();
    for (Metric metric : Metric.all()) {
      double[] series = new double[rankings.size()];
      for (int i = 0; i < series.length; i++) {
        String query = dataset.queries().get(i).id();
        series[i] = metric.value(rankings.get(i), dataset.judgements().of(query));
      }
      values.put(metric, series);
    }
    return new Run(
        name, dataset.queries().stream().map(Dataset.Query::id).toList(), values, latency);
  }

  /** The same under another name. */
  public Run named(String other) {
    return new Run(other, queries, values, latency);
  }
}
