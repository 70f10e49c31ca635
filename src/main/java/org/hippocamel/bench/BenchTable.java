package org.hippocamel.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report for people. */
final class BenchTable {
  private static final String COLUMNS = "%-32s %9s %9s %9s %9s %9s %10s %7s%n";

  private final BenchReport report;
  private final StringBuilder out = new StringBuilder();

  private BenchTable(BenchReport report) {
    this.report = report;
  }

  static String of(BenchReport report) {
    BenchTable table = new BenchTable(report);
    table.head();
    table.rows();
    table.errors();
    table.goals();
    return table.out.toString();
  }

  private void line(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }

  private void head() {
    BenchPlan plan = report.plan();
    line(
        "%d s a row after %d s of warm-up, texts of %d words, %s, %d processors%n",
        plan.measured().toSeconds(),
        plan.warmUp().toSeconds(),
        plan.words(),
        plan.format(),
        Runtime.getRuntime().availableProcessors());
    report
        .servers()
        .forEach(
            (server, probe) ->
                line(
                    "%s: %s, %s, %d dimensions%n",
                    server.name(), server.url(), probe.model(), probe.dimension()));
    out.append(System.lineSeparator());
  }

  private void rows() {
    line(COLUMNS, "milliseconds", "p50", "p90", "p99", "p99.9", "max", "texts/s", "failed");
    Workload last = null;
    for (Measured row : report.rows()) {
      if (!row.workload().equals(last)) {
        last = row.workload();
        line("%s%n", last.shown());
      }
      Measured.Latency latency = row.latency();
      line(
          COLUMNS,
          "  " + row.server() + (row.requests() == 1 ? "" : ", in " + row.requests() + " requests"),
          millis(latency.p50()),
          millis(latency.p90()),
          millis(latency.p99()),
          millis(latency.p999()),
          millis(latency.max()),
          String.format(Locale.ROOT, "%,.0f", row.textsPerSecond()),
          row.failed());
    }
    out.append(System.lineSeparator());
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,.2f", value);
  }

  private void errors() {
    for (Measured row : report.rows()) {
      for (Map.Entry<String, Long> error : row.errors().entrySet()) {
        line(
            "failed: %s, %s: %,d times %s (%s)%n",
            row.server(),
            row.workload().shown(),
            error.getValue(),
            error.getKey(),
            row.examples().getOrDefault(error.getKey(), ""));
      }
    }
    report
        .added()
        .ifPresent(
            millis ->
                line(
                    "A single text takes %.2f ms more than the server behind it (p50).%n%n",
                    millis));
  }

  private void goals() {
    List<Measured> rows = report.judged();
    for (Goal goal : Goal.values()) {
      line("%-44s %16s  %s%n", goal.shown(), goal.figureShown(rows), goal.verdict(rows));
    }
  }
}
