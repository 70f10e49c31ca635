package org.hippocamel.cases;

import java.time.Duration;
import java.time.Instant;

/**
 * How evidence fades: exponentially, so that a sum which was taken at one moment tells what it is
 * at any later one.
 *
 * @param halfLife after which it counts half; zero for never
 */
public record Decay(Duration halfLife) {
  public Decay {
    if (halfLife.isNegative()) {
      throw new IllegalArgumentException("a half-life cannot be negative");
    }
  }

  /** What is left of 1 in (0, 1]; all of it where {@code to} is not later. */
  public double between(Instant from, Instant to) {
    double millis = Duration.between(from, to).toMillis();
    return halfLife.isZero() || millis <= 0 ? 1 : Math.pow(0.5, millis / halfLife.toMillis());
  }
}
