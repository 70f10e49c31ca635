package org.hippocamel;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Upper bounds of histograms. Few, since each is a series for every label: the bounds that targets
 * and deadlines are named by, and about a factor of two between others.
 */
final class Buckets {
  /** Latencies from a store's look-up to a caller's deadline. */
  static final Duration[] LATENCY =
      LongStream.of(1, 2, 5, 10, 20, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  /** Texts of a call: TEI's batches are powers of two. */
  static final double[] TEXTS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

  /** Tokens of a call, up to what TEI takes in one pass. */
  static final double[] TOKENS = {16, 64, 256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768};

  private Buckets() {}
}
