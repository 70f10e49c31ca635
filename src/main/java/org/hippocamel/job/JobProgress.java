package org.hippocamel.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.job.JobCounts.Outcome;

/**
 * How far a run is, as its worker counts it. An item is counted once: as done, skipped or failed.
 * Thread-safe.
 */
public final class JobProgress {
  /** Faults that are named; more are only counted. */
  private static final int MOST_ERRORS = 20;

  private static final int LONGEST_ERROR = 300;

  private final JobKind kind;
  private final JobCounts counts;
  private final JobRate rate = new JobRate();
  private final List<String> errors = new ArrayList<>();
  private long total = -1;
  private long done;
  private long skipped;
  private long failed;
  private Document saved;

  /**
   * @param checkpoint as {@link #save} has made it, or null to begin at the beginning
   */
  JobProgress(JobKind kind, Document checkpoint, JobCounts counts) {
    this.kind = kind;
    this.counts = counts;
    if (checkpoint != null) {
      done = checkpoint.getLong("done");
      skipped = checkpoint.getLong("skipped");
      failed = checkpoint.getLong("failed");
    }
  }

  /** How many items there are. */
  public synchronized void expect(long items) {
    total = items;
  }

  /** Items that work was done for. */
  public void did(long items) {
    synchronized (this) {
      done += items;
    }
    counts.add(kind, Outcome.DONE, items);
  }

  /** Items that there was nothing to do for. */
  public void skipped(long items) {
    synchronized (this) {
      skipped += items;
    }
    counts.add(kind, Outcome.SKIPPED, items);
  }

  /** Items that are not done, and why. */
  public void failed(long items, String why) {
    synchronized (this) {
      failed += items;
      note(why);
    }
    counts.add(kind, Outcome.FAILED, items);
  }

  /** Names a fault without counting an item. */
  public synchronized void note(String fault) {
    if (errors.size() < MOST_ERRORS) {
      errors.add(
          fault.length() <= LONGEST_ERROR ? fault : fault.substring(0, LONGEST_ERROR) + "...");
    }
  }

  /** Items dealt with so far. */
  public synchronized long count() {
    return done + skipped + failed;
  }

  synchronized void save(Document place) {
    saved =
        new Document("at", place)
            .append("done", done)
            .append("skipped", skipped)
            .append("failed", failed);
  }

  /** The counts as the row holds them, with rate and end as they look now. */
  synchronized Document toDocument(Instant now) {
    rate.add(now, count());
    double perSecond = rate.perSecond().orElse(0);
    Document fields =
        new Document("total", total < 0 ? null : total)
            .append("done", done)
            .append("skipped", skipped)
            .append("failed", failed)
            .append("errors", List.copyOf(errors))
            .append("rate", perSecond)
            .append("eta", eta(now, perSecond))
            .append("updated_at", Date.from(now));
    return saved == null ? fields : fields.append("checkpoint", saved).append("attempts", 1);
  }

  private Date eta(Instant now, double perSecond) {
    long left = total - count();
    return perSecond > 0 && left > 0
        ? Date.from(now.plusMillis((long) (1_000 * left / perSecond)))
        : null;
  }
}
