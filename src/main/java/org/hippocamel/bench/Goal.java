package org.hippocamel.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the users of Hippocamel want of its embeddings. */
public enum Goal {
  /** 99 of 100 single texts, asked by one client. */
  SINGLE("a single text within 50 ms (p99)", 50, "ms"),
  /** 99 of 100 batches, asked by one client. */
  BATCH("a batch of 100 texts within 500 ms (p99)", 500, "ms"),
  /** In the best row. */
  THROUGHPUT("over 2,000 texts/s (best row)", 2_000, "texts/s");

  private static final int BATCH_TEXTS = 100;

  private final String shown;
  private final double limit;
  private final String unit;

  Goal(String shown, double limit, String unit) {
    this.shown = shown;
    this.limit = limit;
    this.unit = unit;
  }

  public String shown() {
    return shown;
  }

  public double limit() {
    return limit;
  }

  public String unit() {
    return unit;
  }

  /** The figure that counts among the rows of one server; empty when it was not measured. */
  Optional<Double> figure(List<Measured> rows) {
    return switch (this) {
      case SINGLE -> p99(rows, new Workload(1, 1));
      case BATCH -> p99(rows, new Workload(1, BATCH_TEXTS));
      case THROUGHPUT -> rows.stream().map(Measured::textsPerSecond).max(Double::compare);
    };
  }

  private static Optional<Double> p99(List<Measured> rows, Workload workload) {
    return rows.stream()
        .filter(row -> row.workload().equals(workload) && row.answered() > 0)
        .map(row -> row.latency().p99())
        .findFirst();
  }

  /** Whether a figure is good enough. */
  boolean met(double figure) {
    return this == THROUGHPUT ? figure > limit : figure < limit;
  }

  /** {@code met}, {@code missed} or {@code not measured}. */
  String verdict(List<Measured> rows) {
    return figure(rows).map(figure -> met(figure) ? "met" : "missed").orElse("not measured");
  }

  /** As {@code 12.3 ms}; "-" for none. */
  String figureShown(List<Measured> rows) {
    return figure(rows)
        .map(figure -> String.format(Locale.ROOT, "%,.1f %s", figure, unit))
        .orElse("-");
  }
}
