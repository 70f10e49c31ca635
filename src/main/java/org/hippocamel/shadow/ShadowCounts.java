package org.hippocamel.shadow;

import java.util.concurrent.atomic.LongAdder;

/** What became of searches that were to be shadowed, since the start. Thread-safe. */
public final class ShadowCounts {
  private final LongAdder compared = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder left = new LongAdder();

  void compared() {
    compared.increment();
  }

  void failed() {
    failed.increment();
  }

  void left() {
    left.increment();
  }

  /** Both spaces answered. */
  public long comparedTotal() {
    return compared.sum();
  }

  /** The other space did not. */
  public long failedTotal() {
    return failed.sum();
  }

  /** As many were under way as may be. */
  public long leftTotal() {
    return left.sum();
  }
}
