package org.hippocamel.embedded.tei.core;

import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * TEI's counters, gauge and histograms as Prometheus text. A series appears with its first value,
 * so a fresh server has none, like the real one. Thread-safe.
 */
public final class Metrics {
  private final int maxInputLength;
  private final ConcurrentMap<String, LongAdder> counters = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> gauges = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Histogram> histograms = new ConcurrentHashMap<>();

  public Metrics(int maxInputLength) {
    this.maxInputLength = maxInputLength;
  }

  public void count(String name) {
    counters.computeIfAbsent(name, key -> new LongAdder()).increment();
  }

  public void count(String name, String label, String value) {
    count(name + "{" + label + "=\"" + value + "\"}");
  }

  void set(String name, long value) {
    gauges.put(name, value);
  }

  /** Adds a value to a histogram. */
  public void record(String name, double value) {
    histograms.computeIfAbsent(name, key -> Histogram.of(key, maxInputLength)).record(value);
  }

  /** Adds a duration, kept in seconds. */
  public void recordNanos(String name, long nanos) {
    record(name, nanos / 1e9);
  }

  /** The text of {@code /metrics}. */
  public String render() {
    StringBuilder text = new StringBuilder();
    String family = "";
    for (var counter : new TreeMap<>(counters).entrySet()) {
      String name = counter.getKey().replaceFirst("\\{.*", "");
      if (!name.equals(family)) {
        text.append("# TYPE ").append(name).append(" counter\n");
        family = name;
      }
      text.append(counter.getKey()).append(' ').append(counter.getValue().sum()).append('\n');
    }
    new TreeMap<>(gauges)
        .forEach(
            (name, value) -> text.append("# TYPE %s gauge\n%s %d\n".formatted(name, name, value)));
    new TreeMap<>(histograms).forEach((name, histogram) -> histogram.render(name, text));
    return text.toString();
  }

  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
