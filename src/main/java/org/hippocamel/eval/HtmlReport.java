package org.hippocamel.eval;

import java.util.List;
import java.util.Locale;

/** A report as one HTML page with bars; it loads nothing and runs nothing. */
public final class HtmlReport {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s</title>
      <style>
      body { font: 15px/1.4 system-ui, sans-serif; max-width: 56em; margin: 2em auto; padding: 0 1em }
      table { border-collapse: collapse; width: 100%% }
      td, th { text-align: left; padding: .2em .6em; border-bottom: 1px solid #ddd }
      td.bar { width: 45%% }
      .track { position: relative; height: 1em; background: #eee }
      .mean { position: absolute; height: 100%%; background: #5b8def }
      .interval { position: absolute; top: 40%%; height: 20%%; background: #1c3d7a }
      </style>
      <h1>%1$s</h1>
      """;

  private HtmlReport() {}

  public static String of(Report report) {
    StringBuilder page = new StringBuilder(HEAD.formatted(escaped(report.dataset())));
    page.append(
        String.format(
            Locale.ROOT,
            "<p>%,d documents, %,d queries, space %s, %d results a query. Bars are means, thin bars"
                + " their 95 %% bootstrap intervals.</p>\n",
            report.documents(),
            report.queries(),
            escaped(report.space()),
            report.depth()));
    Metric.all().forEach(metric -> metric(page, metric, report.runs()));
    latencies(page, report.runs());
    page.append("<h2>Compared</h2>\n<ul>\n");
    report
        .comparisons()
        .forEach(pair -> page.append("<li>").append(escaped(pair.sentence())).append("</li>\n"));
    return page.append("</ul>\n</html>\n").toString();
  }

  private static void metric(StringBuilder page, Metric metric, List<Report.Scored> runs) {
    page.append("<h2>").append(metric.word()).append("</h2>\n<table>\n");
    for (Report.Scored scored : runs) {
      Bootstrap.Interval mean = scored.means().get(metric);
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%.4f<td>[%.4f, %.4f]<td class=\"bar\"><div class=\"track\">"
                  + "<div class=\"mean\" style=\"width:%.2f%%\"></div>"
                  + "<div class=\"interval\" style=\"left:%.2f%%;width:%.2f%%\"></div></div>\n",
              escaped(scored.run().name()),
              mean.mean(),
              mean.low(),
              mean.high(),
              100 * mean.mean(),
              100 * mean.low(),
              100 * (mean.high() - mean.low())));
    }
    page.append("</table>\n");
  }

  private static void latencies(StringBuilder page, List<Report.Scored> runs) {
    page.append("<h2>Milliseconds a search</h2>\n<table>\n<tr><th><th>p50<th>p99\n");
    for (Report.Scored scored : runs) {
      Run run = scored.run();
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%.1f<td>%.1f\n",
              escaped(run.name()),
              run.latency().p50(),
              run.latency().p99()));
    }
    page.append("</table>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
