package org.hippocamel.bench;

import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One row: what came of a workload on a server.
 *
 * @param server its name
 * @param requests that a client sends side by side for its texts: more than one where the server
 *     takes fewer texts at a time
 * @param answered rounds that began within the measured time and were answered in full
 * @param textsPerSecond answered within the measured time
 * @param latency of these rounds, from the first byte sent to the last vector read
 * @param errors rounds that failed, by status or by what became of the connection
 * @param examples what the first of each kind said
 * @param clientCores processor time of the clients themselves, as a share of one core
 */
public record Measured(
    String server,
    Workload workload,
    int requests,
    long answered,
    double textsPerSecond,
    Latency latency,
    SortedMap<String, Long> errors,
    SortedMap<String, String> examples,
    double clientCores) {

  /** Milliseconds; NaN where nothing was answered. */
  public record Latency(
      double min, double mean, double p50, double p90, double p99, double p999, double max) {
    /**
     * @param micros recorded values, in microseconds
     */
    static Latency of(Histogram micros) {
      return micros.getTotalCount() == 0
          ? new Latency(
              Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN)
          : new Latency(
              micros.getMinValue() / 1e3,
              micros.getMean() / 1e3,
              micros.getValueAtPercentile(50) / 1e3,
              micros.getValueAtPercentile(90) / 1e3,
              micros.getValueAtPercentile(99) / 1e3,
              micros.getValueAtPercentile(99.9) / 1e3,
              micros.getMaxValue() / 1e3);
    }
  }

  public Measured {
    errors = new TreeMap<>(errors);
    examples = new TreeMap<>(examples);
  }

  /** Rounds that failed. */
  public long failed() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }
}
