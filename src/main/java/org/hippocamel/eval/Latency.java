package org.hippocamel.eval;

import java.util.Arrays;

/**
 * How long searches took, seen by the client, the query's embedding included.
 *
 * @param p50 milliseconds that half of them stayed below
 * @param p99 milliseconds that 99 of 100 stayed below
 */
public record Latency(double p50, double p99) {
  /** The first searches of a kind are those of a cold machine and do not count. */
  private static final int WARM_UP = 50;

  /** With fewer searches than this all of them count. */
  private static final int ENOUGH = 2 * WARM_UP;

  /** Of one duration for each search, in nanoseconds and in their order. */
  public static Latency of(long[] nanos) {
    long[] counted =
        nanos.length < ENOUGH ? nanos.clone() : Arrays.copyOfRange(nanos, WARM_UP, nanos.length);
    return ofMillis(Arrays.stream(counted).mapToDouble(one -> one / 1e6).toArray());
  }

  /** Of one duration for each search, in milliseconds and in any order; all of them count. */
  public static Latency ofMillis(double[] millis) {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return new Latency(at(sorted, 0.5), at(sorted, 0.99));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
