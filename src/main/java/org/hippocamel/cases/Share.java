package org.hippocamel.cases;

/**
 * How many of some runs went well, with the interval that holds the true share with 95 %
 * (Wilson's). Rewards between 0 and 1 count in part; their spread is at most that of yes and no, so
 * the interval is then rather too wide.
 *
 * @param runs how many
 * @param rewards their sum
 */
public record Share(long runs, double rewards) {
  private static final double Z = 1.959964;

  /** In [0, 1], or NaN without runs. */
  public double mean() {
    return rewards / runs;
  }

  public double low() {
    return bound(-1);
  }

  public double high() {
    return bound(1);
  }

  private double bound(int sign) {
    if (runs == 0) {
      return sign < 0 ? 0 : 1;
    }
    double p = mean();
    double z2 = Z * Z / runs;
    double middle = p + z2 / 2;
    double half = Z * Math.sqrt(Math.max(0, p * (1 - p)) / runs + z2 / (4 * runs));
    return Math.max(0, Math.min(1, (middle + sign * half) / (1 + z2)));
  }
}
