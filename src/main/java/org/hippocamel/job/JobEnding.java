package org.hippocamel.job;

/** What becomes of a job whose worker is gone. */
final class JobEnding {
  private JobEnding() {}

  /** The state that follows the one the store told last. */
  static JobState state(JobRun run) {
    boolean finished = run.result() != null;
    if (run.state() == JobState.CANCELLING && !finished) {
      return JobState.CANCELLED;
    }
    if (run.trouble() != null && !run.trouble().passing()) {
      return JobState.FAILED;
    }
    if (finished) {
      return JobState.DONE;
    }
    return run.state() == JobState.PAUSED ? JobState.PAUSED : JobState.QUEUED;
  }

  /** Whether it waits for something to pass before it is taken again. */
  static boolean waits(JobRun run) {
    return run.trouble() != null && run.trouble().passing();
  }

  /** Why it failed or waits, or null. */
  static String reason(JobRun run) {
    boolean tells = run.trouble() != null && state(run) != JobState.CANCELLED;
    return tells ? run.trouble().getMessage() : null;
  }
}
