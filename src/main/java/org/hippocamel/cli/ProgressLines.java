package org.hippocamel.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.hippocamel.eval.wire.Progress;
import org.hippocamel.job.JobRate;

/**
 * Says how far a verb is, how fast and for how much longer: on a terminal in one line that changes,
 * elsewhere in a new line now and then. Thread-safe.
 */
final class ProgressLines implements Progress {
  private static final Duration ON_TERMINAL = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofSeconds(30);

  /** Overwrites what a longer line before has left. */
  private static final int WIDTH = 79;

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private String what;
  private long items;
  private long done;
  private JobRate rate;
  private Instant said;

  ProgressLines(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  /** Something without items begins. */
  void begin(String something) {
    begin(something, 0);
  }

  @Override
  public synchronized void begin(String something, long howMany) {
    end();
    what = something;
    items = howMany;
    done = 0;
    rate = new JobRate();
    rate.add(clock.instant(), 0);
    say(howMany == 0 ? something : something + " (" + count(howMany) + ")");
  }

  @Override
  public synchronized void did(long more) {
    done += more;
    Instant now = clock.instant();
    boolean last = done >= items;
    if (last || Duration.between(said, now).compareTo(terminal ? ON_TERMINAL : ELSEWHERE) >= 0) {
      rate.add(now, done);
      say(line());
    }
  }

  private String line() {
    double perSecond = rate.perSecond().orElse(0);
    String speed = perSecond > 0 ? String.format(Locale.ROOT, ", %.1f/s", perSecond) : "";
    return what
        + " "
        + count(done)
        + " of "
        + count(items)
        + speed
        + (perSecond > 0 && done < items ? ", " + left((items - done) / perSecond) + " left" : "");
  }

  private static String left(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void say(String line) {
    said = clock.instant();
    if (terminal) {
      out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())));
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** What comes next begins a line of its own. */
  synchronized void end() {
    if (terminal && what != null) {
      out.println();
      out.flush();
    }
    what = null;
  }
}
