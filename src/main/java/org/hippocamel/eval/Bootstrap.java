package org.hippocamel.eval;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Intervals of a mean over queries, by drawing queries with replacement again and again (percentile
 * bootstrap). The same seed draws the same queries for every series, so that two calls with one
 * number of queries agree. Thread-safe.
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
    double[] means = new double[RESAMPLES];
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int draw = 0; draw < values.length; draw++) {
        sum += values[random.nextInt(values.length)];
      }
      means[i] = sum / values.length;
    }
    Arrays.sort(means);
    double mean = Arrays.stream(values).average().orElseThrow();
    return new Interval(mean, at(means, TAIL), at(means, 1 - TAIL));
  }

  /**
   * The interval of the mean difference of two runs over the same queries, second minus first: what
   * a query is hard for, it is hard for in both, and that share of the noise falls out.
   */
  public Interval difference(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException("two runs are compared over the same queries");
    }
    double[] differences = new double[first.length];
    Arrays.setAll(differences, i -> second[i] - first[i]);
    return mean(differences);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
