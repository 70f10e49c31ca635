package org.hippocamel.embedding;

import java.util.function.LongSupplier;

/**
 * How many calls may be repeated: a steady few a second, and a fifth of the first tries on top. So
 * that an embedder that comes back is not knocked over by everything that was refused meanwhile.
 * After Finagle's retry budget. Thread-safe.
 */
final class RetryBudget {
  private static final double SHARE_OF_CALLS = 0.2;
  private static final double SECONDS_SAVED = 10;
  private static final double NANOS = 1e9;
  private static final double ROUNDING = 1e-9;

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double saved;
  private long countedAt;

  /**
   * @param perSecond repetitions a second that are always allowed
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  RetryBudget(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.saved = perSecond;
    this.countedAt = nanoTime.getAsLong();
  }

  /** A first try. */
  synchronized void earn() {
    save(SHARE_OF_CALLS);
  }

  /** Whether one more repetition is allowed now; it is counted if so. */
  synchronized boolean spend() {
    long now = nanoTime.getAsLong();
    save((now - countedAt) / NANOS * perSecond);
    countedAt = now;
    if (saved < 1 - ROUNDING) {
      return false;
    }
    saved--;
    return true;
  }

  private void save(double more) {
    saved = Math.min(saved + more, perSecond * SECONDS_SAVED);
  }
}
