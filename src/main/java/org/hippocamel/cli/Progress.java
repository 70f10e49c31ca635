package org.hippocamel.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/** How far a verb has come: a bar that is drawn over itself on a terminal, nothing elsewhere. */
final class Progress {
  private static final int WIDTH = 30;
  private static final int NAME = 40;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean shown;
  private final int total;

  Progress(PrintWriter err, int total) {
    this(err, total, Ansi.AUTO.enabled());
  }

  Progress(PrintWriter err, int total, boolean terminal) {
    this.err = err;
    this.total = total;
    this.shown = terminal && total > 1;
  }

  /** So many are done, and this is the next. */
  void at(int done, String name) {
    if (shown) {
      int filled = WIDTH * done / total;
      String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
      String short_ = name.length() <= NAME ? name : "..." + name.substring(name.length() - NAME);
      err.print(CLEAR + "[" + bar + "] " + done + "/" + total + " " + short_);
      err.flush();
    }
  }

  /** Before something else is printed: the bar goes. */
  void clear() {
    if (shown) {
      err.print(CLEAR);
      err.flush();
    }
  }
}
