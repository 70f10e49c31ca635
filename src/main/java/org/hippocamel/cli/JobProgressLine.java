package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How a job stands: on a terminal in one line that is drawn over itself, elsewhere in a new line
 * when its state changes, and now and then.
 */
final class JobProgressLine {
  private static final Duration ELSEWHERE = Duration.ofSeconds(30);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final Clock clock;
  private String state = "";
  private Instant said = Instant.MIN;

  JobProgressLine(PrintWriter err, boolean terminal, Clock clock) {
    this.err = err;
    this.terminal = terminal;
    this.clock = clock;
  }

  void at(JsonNode job) {
    String now = job.path("state").asText();
    if (terminal) {
      err.print(CLEAR + JobText.now(job));
    } else if (!now.equals(state) || !clock.instant().isBefore(said.plus(ELSEWHERE))) {
      err.println(JobText.now(job));
      said = clock.instant();
    }
    state = now;
    err.flush();
  }

  /** What comes next begins a line of its own. */
  void end() {
    if (terminal) {
      err.print(CLEAR);
      err.flush();
    }
  }
}
