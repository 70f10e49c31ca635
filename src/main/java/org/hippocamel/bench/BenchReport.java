package org.hippocamel.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured, where and when.
 *
 * @param servers the judged one first
 * @param rows in the order of measuring
 */
public record BenchReport(
    Instant started, BenchPlan plan, Map<Endpoint, Probe> servers, List<Measured> rows) {
  public BenchReport {
    servers = new LinkedHashMap<>(servers);
    rows = List.copyOf(rows);
  }

  /** As a table with the goals below it. */
  public String table() {
    return BenchTable.of(this);
  }

  /** As JSON, figures not rounded. */
  public String json() {
    return BenchJson.of(this);
  }

  /** The row of a workload on a server. */
  public Optional<Measured> row(String server, Workload workload) {
    return rows.stream()
        .filter(row -> row.server().equals(server) && row.workload().equals(workload))
        .findFirst();
  }

  /** The rows that the goals are about: those of the first server. */
  List<Measured> judged() {
    return servers.keySet().stream().findFirst().map(this::of).orElse(List.of());
  }

  private List<Measured> of(Endpoint server) {
    return rows.stream().filter(row -> row.server().equals(server.name())).toList();
  }

  /**
   * Milliseconds by which the first server is slower than the second for a single text, at the
   * median; empty without a second.
   */
  Optional<Double> added() {
    List<Double> medians = new ArrayList<>();
    for (Endpoint server : servers.keySet()) {
      row(server.name(), new Workload(1, 1))
          .filter(row -> row.answered() > 0)
          .ifPresent(row -> medians.add(row.latency().p50()));
    }
    return medians.size() == 2 ? Optional.of(medians.get(0) - medians.get(1)) : Optional.empty();
  }

  /** Whether any text was answered at all. */
  public boolean answered() {
    return rows.stream().anyMatch(row -> row.answered() > 0);
  }

  /** Whether every goal that was measured is met and no round has failed. */
  public boolean fine() {
    boolean failed = rows.stream().anyMatch(row -> row.failed() > 0);
    for (Goal goal : Goal.values()) {
      failed |= goal.figure(judged()).filter(figure -> !goal.met(figure)).isPresent();
    }
    return !failed;
  }
}
