package org.hippocamel.ingest;

import java.util.List;

/** Joins lines into a row: knows whether a quoted field is still open at the end of a line. */
final class CsvRow {
  private final char separator;
  private final StringBuilder text = new StringBuilder();
  private boolean quoted;

  CsvRow(char separator) {
    this.separator = separator;
  }

  /** The separator a header line uses most: comma, semicolon (spreadsheets) or tab. */
  static char separator(String header) {
    char best = ',';
    for (char candidate : List.of(',', ';', '\t')) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char sought) {
    return text.chars().filter(c -> c == sought).count();
  }

  void add(String line) {
    if (quoted) {
      text.append('\n');
    }
    boolean fieldStart = !quoted;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        // a doubled quote closes and opens again, which comes to the same
        quoted = c != '"';
        fieldStart = !quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
      } else if (c == '"' && fieldStart) {
        quoted = true; // elsewhere it is a plain character: a 5" pipe
      } else {
        fieldStart = c == separator || (fieldStart && c == ' ');
      }
    }
    text.append(line);
  }

  boolean open() {
    return quoted;
  }

  int length() {
    return text.length();
  }

  String text() {
    return text.toString();
  }
}
