package org.hippocamel.eval;

import java.util.Locale;
import java.util.Map;

/** A report as a table for a terminal. */
public final class TextReport {
  private TextReport() {}

  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s: %,d documents, %,d queries, space %s, %d results a query, 95 %% intervals",
        report.dataset(),
        report.documents(),
        report.queries(),
        report.space(),
        report.depth());
    if (report.ingestSeconds() > 0) {
      line(text, "stored in %.1f s", report.ingestSeconds());
    }
    report.runs().forEach(scored -> run(text, scored));
    text.append('\n');
    report.comparisons().forEach(pair -> text.append(pair.sentence()).append('\n'));
    return text.toString();
  }

  private static void run(StringBuilder text, Report.Scored scored) {
    Run run = scored.run();
    text.append('\n');
    line(
        text,
        "%s (p50 %.1f ms, p99 %.1f ms)",
        run.name(),
        run.latency().p50(),
        run.latency().p99());
    for (Map.Entry<Metric, Bootstrap.Interval> mean : scored.means().entrySet()) {
      Bootstrap.Interval interval = mean.getValue();
      line(
          text,
          "  %-10s %.4f  [%.4f, %.4f]",
          mean.getKey().word(),
          interval.mean(),
          interval.low(),
          interval.high());
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
