package org.hippocamel.recall;

import java.time.Duration;
import java.time.Instant;

/**
 * What a memory gains by being recent: {@code weight x 2^(-age / half-life)}, the age counted from
 * {@code occurred_at}. The weight is in calibrated units: with 1 a memory of this moment gains as
 * much as one that is a standard deviation of the space nearer to the question.
 *
 * @param weight above 0
 * @param halfLifeDays age in days after which half of it is left, above 0
 */
public record Freshness(double weight, double halfLifeDays) {
  private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

  public Freshness {
    if (!(weight > 0) || !(halfLifeDays > 0)) {
      throw new IllegalArgumentException("weight and half-life are above 0");
    }
  }

  /**
   * What is left of it, in [0, 1]: 1 for what happens now or later, 0 for what has no time.
   *
   * @param occurred null when it has none
   */
  double share(Instant occurred, Instant now) {
    if (occurred == null) {
      return 0;
    }
    double days = Math.max(0, Duration.between(occurred, now).toMillis()) / DAY_MILLIS;
    return Math.pow(2, -days / halfLifeDays);
  }
}
