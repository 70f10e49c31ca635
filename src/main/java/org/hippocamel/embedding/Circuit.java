package org.hippocamel.embedding;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongSupplier;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Whether a server is asked at all. One that lost several calls in a row, or refuses what every
 * further call would meet too, is left out until its {@code /info} says that it is back. A circuit
 * breaker after Nygard's "Release It!". Not thread-safe: whoever owns it has a lock.
 */
public final class Circuit {
  /** Wrong key, wrong server, wrong path. */
  private static final Set<Integer> FOR_GOOD = Set.of(401, 403, 404, 405, 415);

  private static final int FIRST_PAUSE = 16; // of the longest

  private final int maxFailures;
  private final long checkNanos;
  private final long longestPause;
  private final LongSupplier nanoTime;
  private Problem out; // null while it is asked
  private int failures;
  private long since; // when it was last heard, or left out for its calls
  private long pause;

  /**
   * @param maxFailures lost calls in a row after which it is left out
   * @param check time after which one that is asked is looked at again
   * @param longestPause one whose {@code /info} answers while its calls are lost is looked at ever
   *     more seldom, up to this, and then has one call to lose; zero: always, and it begins anew
   * @param nanoTime a clock as {@link System#nanoTime}
   * @param unheard why it is not asked before it was heard
   */
  public Circuit(
      int maxFailures,
      Duration check,
      Duration longestPause,
      LongSupplier nanoTime,
      Problem unheard) {
    this.maxFailures = maxFailures;
    this.checkNanos = check.toNanos();
    this.longestPause = longestPause.toNanos();
    this.nanoTime = nanoTime;
    this.out = unheard;
  }

  /** Whether it is asked. */
  public boolean closed() {
    return out == null;
  }

  /** Why it is not asked. */
  public Optional<Problem> obstacle() {
    return Optional.ofNullable(out);
  }

  /** Whether it is to be looked at now. */
  public boolean due() {
    long passed = nanoTime.getAsLong() - since;
    return closed() ? passed >= checkNanos : pause == 0 || passed >= pause;
  }

  /**
   * It says of itself that it serves.
   *
   * @return whether it is asked again from now on
   */
  public boolean heard() {
    boolean back = !closed();
    if (back) {
      failures = pause > 0 ? maxFailures - 1 : 0;
    }
    out = null;
    since = nanoTime.getAsLong();
    return back;
  }

  /** A call was answered in time. */
  public void answered() {
    failures = 0;
    pause = 0;
  }

  /**
   * A call was not answered as wanted.
   *
   * @param status of the refusal; empty when there was no answer, or it says nothing of the server
   * @return whether it is to be left out for that
   */
  public boolean failed(Problem problem, OptionalInt status) {
    boolean lost =
        problem.kind() == ProblemKind.UNAVAILABLE || problem.kind() == ProblemKind.TIMEOUT;
    failures = lost ? failures + 1 : 0;
    boolean broken = failures >= maxFailures;
    if (broken && closed()) {
      pause = Math.min(longestPause, pause == 0 ? longestPause / FIRST_PAUSE : 2 * pause);
      since = nanoTime.getAsLong();
    }
    return broken || status.isPresent() && FOR_GOOD.contains(status.getAsInt());
  }

  /**
   * It is not asked any more.
   *
   * @return whether it was until now
   */
  public boolean leaveOut(Problem reason) {
    boolean served = closed();
    out = reason;
    return served;
  }
}
