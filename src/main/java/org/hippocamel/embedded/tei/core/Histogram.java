package org.hippocamel.embedded.tei.core;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts of values up to each bound. Thread-safe. */
final class Histogram {
  private final double[] bounds;
  private final AtomicLongArray counts;
  private final DoubleAdder sum = new DoubleAdder();

  /** The bounds TEI uses for a series: seconds for durations, powers of two for the others. */
  static Histogram of(String name, int maxInputLength) {
    return switch (name) {
      case "te_request_input_length" -> new Histogram(powersOfTwo(maxInputLength));
      case "te_batch_next_size" -> new Histogram(powersOfTwo(4096));
      case "te_batch_next_tokens" -> new Histogram(powersOfTwo(1 << 20));
      default -> new Histogram(seconds());
    };
  }

  private Histogram(double[] bounds) {
    this.bounds = bounds;
    this.counts = new AtomicLongArray(bounds.length + 1);
  }

  void record(double value) {
    int i = 0;
    while (i < bounds.length && value > bounds[i]) {
      i++;
    }
    counts.incrementAndGet(i);
    sum.add(value);
  }

  void render(String name, StringBuilder text) {
    text.append("# TYPE ").append(name).append(" histogram\n");
    long total = 0;
    for (int i = 0; i <= bounds.length; i++) {
      total += counts.get(i);
      String bound = i == bounds.length ? "+Inf" : Metrics.number(bounds[i]);
      text.append(name).append("_bucket{le=\"").append(bound).append("\"} ");
      text.append(total).append('\n');
    }
    text.append(name).append("_sum ").append(Metrics.number(sum.sum())).append('\n');
    text.append(name).append("_count ").append(total).append("\n\n");
  }

  private static double[] seconds() {
    double[] bounds = new double[35];
    bounds[0] = 1.5e-5;
    for (int i = 1; i < bounds.length; i++) {
      bounds[i] = bounds[i - 1] * 1.5;
    }
    return bounds;
  }

  private static double[] powersOfTwo(int max) {
    double[] bounds = new double[32 - Integer.numberOfLeadingZeros(max)];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = 1L << i;
    }
    return bounds;
  }
}
