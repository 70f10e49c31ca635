package org.hippocamel.cli;

import java.io.PrintWriter;

/** What {@code validate} has found so far, printed line by line. */
final class Findings {
  private final PrintWriter out;
  private int wrong;

  Findings(PrintWriter out) {
    this.out = out;
  }

  void fine(String subject, String what) {
    row(subject, "ok     " + what);
  }

  /** Works, but somebody may want to know. */
  void note(String subject, String what) {
    row(subject, "note   " + what);
  }

  /**
   * @param what is wrong, and how to mend it
   */
  void wrong(String subject, String what) {
    wrong++;
    row(subject, "WRONG  " + what);
  }

  private void row(String subject, String what) {
    out.println(String.format("%-10s%s", subject, what.replace("\n", "\n" + " ".repeat(17))));
    out.flush();
  }

  int wrong() {
    return wrong;
  }
}
