package org.hippocamel.reembed;

import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Problem;

/**
 * The hands of this process on the slices of a job. What stops one of them stops all after the
 * portions they have begun. Thread-safe.
 */
public final class Shift {
  private final JobRun run;
  private Problem trouble;
  private boolean left;

  Shift(JobRun run) {
    this.run = run;
  }

  /** Whether nobody wants the work to stop, and nothing has gone wrong. */
  public synchronized boolean goesOn() {
    return trouble == null && !left && run.goesOn();
  }

  /** Nobody wants more of it. */
  synchronized void leave() {
    left = true;
  }

  /** Something went wrong; what comes first is told. */
  synchronized void fail(Problem why) {
    if (trouble == null) {
      trouble = why;
    }
  }

  synchronized Problem trouble() {
    return trouble;
  }

  /** One of the hands: takes slice after slice until none is free. For one thread. */
  public static final class Hand {
    private final Shift shift;
    private boolean idle;

    Hand(Shift shift) {
      this.shift = shift;
    }

    /** Whether it looks for another slice. */
    public boolean goesOn() {
      return !idle && shift.goesOn();
    }

    /** It takes nothing more. */
    void rest() {
      idle = true;
    }
  }
}
