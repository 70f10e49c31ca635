package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LatencyTest {
  private static final long MILLI = 1_000_000;

  @Test
  void of_aFewSearchesCountsAll() {
    assertEquals(new Latency(2, 3), Latency.of(new long[] {3 * MILLI, MILLI, 2 * MILLI}));
  }

  @Test
  void of_manySearchesLeavesTheFirstFiftyOut() {
    long[] nanos = new long[150];
    Arrays.fill(nanos, MILLI);
    Arrays.fill(nanos, 0, 50, 900 * MILLI);
    assertEquals(new Latency(1, 1), Latency.of(nanos));
  }
}
