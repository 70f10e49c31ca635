package org.hippocamel.bench;

import java.util.concurrent.TimeUnit;

/**
 * Something that does one thing after another, each for the same time, in the order of arrival. A
 * time that was overslept is not lost for the next one, so that it serves exactly 200 calls a
 * second at 5 ms. Thread-safe.
 */
final class Device {
  private final long serviceNanos;
  private long busyUntil = System.nanoTime();

  Device(long serviceMillis) {
    this.serviceNanos = TimeUnit.MILLISECONDS.toNanos(serviceMillis);
  }

  /** Returns when it has served this caller. */
  void serve() throws InterruptedException {
    if (serviceNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(reserved() - System.nanoTime());
    }
  }

  private synchronized long reserved() {
    busyUntil = Math.max(busyUntil, System.nanoTime()) + serviceNanos;
    return busyUntil;
  }
}
