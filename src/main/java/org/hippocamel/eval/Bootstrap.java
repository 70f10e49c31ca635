package org.hippocamel.eval;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Intervals of a mean over queries, by drawing queries with replacement again and again (percentile
 * bootstrap). The same seed draws the same queries for every series, so that two calls with one
 * number of queries agree; series of one call share their draws. Thread-safe.
 *
 * @see <a href="https://doi.org/10.1145/1148170.1148261">Sakai, Evaluating evaluation metrics based
 *     on the bootstrap (SIGIR 2006)</a>
 */
public final class Bootstrap {
  private static final int RESAMPLES = 10_000;
  private static final long SEED = 20_261_123;
  private static final double TAIL = 0.025;

  /** A mean and the bounds that hold 95 % of the resampled means. */
  public record Interval(double mean, double low, double high) {
    /** Whether zero is outside. */
    public boolean excludesZero() {
      return low > 0 || high < 0;
    }
  }

  /** The interval of the mean of one value for each query. */
  public Interval mean(double[] values) {
    return means(List.of(values)).get(0);
  }

  /**
   * The intervals of several such series over the same queries.
   *
   * @param series at least one, all of one length
   */
  public List<Interval> means(List<double[]> series) {
    int queries = series.get(0).length;
    if (series.stream().anyMatch(values -> values.length != queries)) {
      throw new IllegalArgumentException("series of one bootstrap are over the same queries");
    }
    double[][] byQuery = byQuery(series, queries);
    double[][] means = new double[series.size()][RESAMPLES];
    SplittableRandom random = new SplittableRandom(SEED);
    double[] sums = new double[series.size()];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      Arrays.fill(sums, 0);
      for (int draw = 0; draw < queries; draw++) {
        add(sums, byQuery[random.nextInt(queries)]);
      }
      for (int i = 0; i < sums.length; i++) {
        means[i][resample] = sums[i] / queries;
      }
    }
    return IntStream.range(0, means.length)
        .parallel()
        .mapToObj(i -> interval(series.get(i), means[i]))
        .toList();
  }

  /** A query's values beside each other: a draw reads them all. */
  private static double[][] byQuery(List<double[]> series, int queries) {
    double[][] values = new double[queries][series.size()];
    for (int i = 0; i < series.size(); i++) {
      for (int query = 0; query < queries; query++) {
        values[query][i] = series.get(i)[query];
      }
    }
    return values;
  }

  private static void add(double[] sums, double[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i];
    }
  }

  private static Interval interval(double[] values, double[] means) {
    Arrays.sort(means);
    double mean = Arrays.stream(values).average().orElseThrow();
    return new Interval(mean, at(means, TAIL), at(means, 1 - TAIL));
  }

  /**
   * One value for each query: what a query is hard for, it is hard for in both runs, and that share
   * of the noise falls out of the difference, second minus first.
   */
  static double[] differences(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException("two runs are compared over the same queries");
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> second[i] - first[i]);
    return differences;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
