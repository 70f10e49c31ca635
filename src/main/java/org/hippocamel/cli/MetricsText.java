package org.hippocamel.cli;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** Metrics in Prometheus' text format, as far as {@code status} reads them. */
final class MetricsText {
  private static final Pattern LINE = Pattern.compile("(\\w+)(\\{.*})? (\\S+)");

  private final List<Matcher> lines;

  MetricsText(String text) {
    lines = text.lines().map(LINE::matcher).filter(Matcher::matches).toList();
  }

  double sum(String name) {
    return values(name, "").sum();
  }

  double sum(String name, String label, String value) {
    return values(name, label + "=\"" + value + "\"").sum();
  }

  double max(String name) {
    return values(name, "").max().orElse(0);
  }

  private DoubleStream values(String name, String part) {
    return lines.stream()
        .filter(line -> line.group(1).equals(name))
        .filter(line -> part.isEmpty() || line.group(2).contains(part))
        .mapToDouble(line -> Double.parseDouble(line.group(3)));
  }

  /** What a label of a metric says, one value for each of its series. */
  List<String> labels(String name, String label) {
    Pattern value = Pattern.compile("\\b" + label + "=\"([^\"]*)\"");
    return lines.stream()
        .filter(line -> line.group(1).equals(name))
        .map(line -> value.matcher(line.group(2)))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }
}
