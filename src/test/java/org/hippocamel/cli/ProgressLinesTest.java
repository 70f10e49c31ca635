package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final StringWriter written = new StringWriter();
  private Instant now = Instant.EPOCH;

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  private ProgressLines lines(boolean terminal) {
    return new ProgressLines(new PrintWriter(written), terminal, clock);
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  @Test
  void elsewhere_aLineNowAndThenTellsRateAndTime() {
    ProgressLines lines = lines(false);
    lines.begin("storing", 1_000);
    pass(10);
    lines.did(100);
    pass(20);
    lines.did(200);
    pass(1);
    lines.did(700);
    assertEquals(
        """
        storing (1,000)
        storing 300 of 1,000, 10.0/s, 1 min 10 s left
        storing 1,000 of 1,000, 32.3/s
        """,
        written.toString());
  }

  @Test
  void terminal_oneLineChanges() {
    ProgressLines lines = lines(true);
    lines.begin("asking vector", 4);
    pass(1);
    lines.did(1);
    lines.did(1);
    lines.end();
    assertEquals(1, written.toString().chars().filter(sign -> sign == '\n').count());
    assertTrue(written.toString().contains("\rasking vector 1 of 4, 1.0/s, 3 s left "));
    assertFalse(written.toString().contains("2 of 4"), "twice within half a second");
  }
}
