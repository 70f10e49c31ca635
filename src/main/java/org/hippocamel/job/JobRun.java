package org.hippocamel.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * A job in the hands of this process, as its worker sees it. The worker counts in {@link
 * #progress}, asks whether to go on, and ends with {@link #finish} or an exception. Nothing of it
 * is I/O: {@code jobs-work} tells the store every {@code job.heartbeat-millis} how the run stands,
 * and the run what callers want. Thread-safe.
 */
public final class JobRun {
  private final Named named;
  private final JobKind kind;
  private final Document parameters;
  private final Document checkpoint;
  private final String lease;
  private final Instant startedAt;
  private final JobProgress progress;
  private final boolean reopened;
  private JobState state;
  private Instant until;
  private Document result;
  private Problem trouble;
  private boolean ended;
  private boolean lost;
  private boolean stopping;

  /**
   * @param row as it was taken
   * @param now when that was
   * @param length of the lease
   */
  JobRun(Document row, Instant now, Duration length, JobCounts counts) {
    this.named = JobLedger.named(row);
    this.kind = JobKind.of(row.getString("kind"));
    JobState found = JobState.of(row.getString("state"));
    this.reopened = found.ended();
    this.state = reopened ? JobState.QUEUED : found;
    this.parameters = row.get("parameters", new Document());
    this.lease = row.get("lease", Document.class).getString("owner");
    Date started = row.getDate("started_at");
    this.startedAt = started == null ? now : started.toInstant();
    this.until = now.plus(length);
    Document saved = row.get("checkpoint", Document.class);
    this.checkpoint = saved == null ? new Document() : saved.get("at", Document.class);
    this.progress = new JobProgress(kind, saved, counts);
  }

  /** Work that no job stands for: it is counted for nobody and always goes on. */
  public static JobRun unwatched() {
    Document nobody =
        new Document("_id", ":")
            .append("tenant", "")
            .append("kind", JobKind.FILE.word())
            .append("state", JobState.RUNNING.word())
            .append("lease", new Document("owner", ""));
    return new JobRun(nobody, Instant.EPOCH, Duration.ZERO, new JobCounts());
  }

  /** Whether a job stands for this work. */
  public boolean watched() {
    return !named.id().isEmpty();
  }

  /** Tenant and id of the job. */
  public Named named() {
    return named;
  }

  public JobKind kind() {
    return kind;
  }

  /** What the job was made with. */
  public Document parameters() {
    return parameters;
  }

  /** Where to count. */
  public JobProgress progress() {
    return progress;
  }

  /** What an earlier run has saved last; empty when there is nothing. */
  public Document checkpoint() {
    return checkpoint;
  }

  /**
   * Saves where the next run is to begin when this one does not come to its end; the counts of this
   * moment go with it. All before that place must be stored.
   */
  public void save(Document place) {
    progress.save(place);
  }

  /**
   * Whether to go on. When not: the job was cancelled or paused, the process is to stop, or the job
   * is in other hands; the worker then leaves off without {@link #finish}.
   */
  public synchronized boolean goesOn() {
    return !lost && !stopping && trouble == null && state.compareTo(JobState.RUNNING) <= 0;
  }

  /**
   * The same for a worker that cannot simply leave off.
   *
   * @throws Problem CONFLICT when the job was cancelled, else UNAVAILABLE
   */
  public synchronized void check() {
    if (!goesOn()) {
      throw trouble == null ? interruption() : trouble;
    }
  }

  private Problem interruption() {
    String job = "job " + named.shown();
    if (state == JobState.CANCELLING) {
      return new Problem(ProblemKind.CONFLICT, job + " was cancelled");
    }
    return new Problem(
        ProblemKind.UNAVAILABLE,
        stopping
            ? "the process is being stopped"
            : job + (lost ? " is in other hands" : " was paused"));
  }

  /** All is done. */
  public synchronized void finish(Document what) {
    result = what;
  }

  /** It cannot be done: never, or not now when the problem may pass. */
  public synchronized void fail(Problem why) {
    trouble = why;
  }

  /** The worker is gone: what it did not finish is for another run, or for nobody. */
  synchronized void end() {
    ended = true;
  }

  /** Whether the job ends with this run, as things stand now. */
  public synchronized boolean over() {
    return !lost && JobEnding.state(this).ended();
  }

  /** Whether the worker is gone. */
  public synchronized boolean ended() {
    return ended;
  }

  /** The store has answered: so callers want it, and the lease is ours, and as long again. */
  synchronized void told(JobState wanted, Instant leasedUntil) {
    state = wanted;
    until = leasedUntil;
    lost = false;
  }

  synchronized void lose() {
    lost = true;
  }

  /** Without a word of the store the job may be in other hands when the lease has run out. */
  synchronized void unheard(Instant now) {
    lost = lost || now.isAfter(until);
  }

  synchronized boolean lost() {
    return lost;
  }

  synchronized void stop() {
    stopping = true;
  }

  /** Whether it had ended before: a failed file that was moved back, for one. */
  boolean reopened() {
    return reopened;
  }

  String lease() {
    return lease;
  }

  Instant startedAt() {
    return startedAt;
  }

  synchronized JobState state() {
    return state;
  }

  synchronized Problem trouble() {
    return trouble;
  }

  synchronized Document result() {
    return result;
  }
}
