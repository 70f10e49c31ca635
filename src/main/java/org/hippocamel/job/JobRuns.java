package org.hippocamel.job;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.hippocamel.config.JobSettings;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The jobs in the hands of this process. Thread-safe. */
public final class JobRuns {
  private final Map<String, JobRun> runs = new ConcurrentHashMap<>();
  private final JobSettings settings;
  private final JobCounts counts;
  private final Clock clock;
  private volatile boolean stopping;

  public JobRuns(JobSettings settings, JobCounts counts, Clock clock) {
    this.settings = settings;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * A run of a job that was just taken. One that was begun too often comes with its trouble: its
   * worker clears up and leaves off.
   *
   * @param row null when another process has it
   * @throws Problem UNAVAILABLE in that case
   */
  public JobRun begin(Document row) {
    if (row == null) {
      throw new Problem(
          ProblemKind.UNAVAILABLE, "the job is in the hands of another process for now");
    }
    JobRun run = new JobRun(row, clock.instant(), settings.lease(), counts);
    if (run.kind().worker() != null && row.getInteger("attempts") > settings.maxAttempts()) {
      run.fail(
          new Problem(
              ProblemKind.UNEXPECTED,
              "begun "
                  + settings.maxAttempts()
                  + " times (job.max-attempts), and each time the process ended before the job"));
    }
    if (stopping) {
      run.stop();
    }
    JobRun before = runs.put(run.named().key(), run);
    if (before != null) {
      before.lose(); // its lease ran out without a word
    }
    return run;
  }

  /**
   * The store did not hear that the job has begun: it is over for now, and the heartbeat says so.
   *
   * @throws Throwable the same
   */
  public void notBegun(JobRun run, Throwable thrown) throws Throwable {
    run.fail(Diagnosis.of(thrown));
    run.end();
    throw thrown;
  }

  /** Those the store is to hear of. */
  public List<JobRun> active() {
    return List.copyOf(runs.values());
  }

  /**
   * The store has answered how the job stands; with null when the lease is not ours any more. One
   * that was thought lost while the store was silent is ours again, unless this process itself has
   * begun it anew meanwhile.
   */
  public void heard(JobRun run, Document row) {
    String key = run.named().key();
    if (row == null) {
      run.lose();
      runs.remove(key, run);
    } else if (runs.get(key) == run) {
      run.told(JobState.of(row.getString("state")), clock.instant().plus(settings.lease()));
    }
  }

  /** The store does not answer. */
  public void unheard(JobRun run) {
    run.unheard(clock.instant());
  }

  /** Whether the store is to hear of the end. */
  public boolean ending(JobRun run) {
    return run.ended() && !run.lost();
  }

  /** The end is stored, unless the job stood differently: then it is told again. */
  public void closed(JobRun run, Document row) {
    if (row != null) {
      runs.remove(run.named().key(), run);
    }
  }

  /** The worker has thrown. */
  public void failed(JobRun run, Throwable thrown) {
    run.fail(Diagnosis.of(thrown));
  }

  /** The worker is gone. */
  public void end(JobRun run) {
    run.end();
  }

  /** The process ends: every worker is asked to leave off, and what comes later does at once. */
  public void stop() {
    stopping = true;
    runs.values().forEach(JobRun::stop);
  }
}
