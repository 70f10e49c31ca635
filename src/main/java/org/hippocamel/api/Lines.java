package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hippocamel.problem.Problem;

/** NDJSON: one JSON value a line, blank lines ignored. */
final class Lines {
  private static final Set<String> TYPES =
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/jsonlines",
          "application/x-jsonlines");

  private Lines() {}

  /**
   * One value of the body.
   *
   * @param number of the line, from 1
   */
  record Line(int number, String text) {}

  static List<Line> of(String body) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) body.lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Line(number, line));
      }
    }
    return lines;
  }

  /** Whether a body is meant as NDJSON: it says so, or it begins with two objects on two lines. */
  static boolean are(String body, String contentType) {
    if (contentType != null
        && TYPES.contains(contentType.split(";")[0].strip().toLowerCase(Locale.ROOT))) {
      return true;
    }
    List<String> first =
        body.lines().map(String::strip).filter(line -> !line.isEmpty()).limit(2).toList();
    return first.size() == 2 && first.get(1).startsWith("{") && object(first.get(0));
  }

  private static boolean object(String line) {
    if (!line.startsWith("{") || !line.endsWith("}")) {
      return false;
    }
    try {
      JsonNode value = Body.parse(line);
      return value.isObject();
    } catch (Problem notJson) {
      return false;
    }
  }
}
