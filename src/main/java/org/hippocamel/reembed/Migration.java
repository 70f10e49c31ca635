package org.hippocamel.reembed;

import org.bson.Document;
import org.hippocamel.job.JobRun;
import org.hippocamel.spaces.Space;

/**
 * A run of a re-embedding: which space is filled, and how far that is. One thread coordinates it,
 * and several work on slices, as in every process that has the embedder. Thread-safe.
 */
public final class Migration {
  private static final String REFUSAL = "the embedder refuses the text";
  private static final String COUNTED = "counted";
  private static final String REFUSED = "refused";
  private static final String VERIFIED = "verified";

  private final JobRun run;
  private final Space target;
  private final Space active;
  private final boolean switches;
  private long counted;
  private SliceTally tally = SliceTally.NONE;
  private long missing = -1;
  private long refused;
  private String reached;
  private String verified;

  /**
   * @param target the space whose vectors are added
   * @param active the one that is active now
   * @param switches whether the target becomes the active one when it is complete and good
   */
  Migration(JobRun run, Space target, Space active, boolean switches) {
    this.run = run;
    this.target = target;
    this.active = active;
    this.switches = switches;
    this.counted = saved(run, COUNTED);
    this.refused = saved(run, REFUSED);
    // Of a run that was killed after the switch; one that begins before it checks anew.
    this.verified = builds() ? "" : run.checkpoint().get(VERIFIED, "");
  }

  private static long saved(JobRun run, String what) {
    Number number = run.checkpoint().get(what, Number.class);
    return number == null ? 0 : number.longValue();
  }

  public JobRun run() {
    return run;
  }

  public Space target() {
    return target;
  }

  public Space active() {
    return active;
  }

  /** Id of the job: what its slices are named after. */
  public String job() {
    return run.named().key();
  }

  /** Whether to go on: neither cancelled nor paused nor stopped. */
  public boolean goesOn() {
    return run.goesOn();
  }

  /** Whether another space than the active one is filled. */
  public boolean builds() {
    return !target.id().equals(active.id());
  }

  /** Whether the target becomes the active one at the end. */
  public boolean switches() {
    return goesOn() && switches && builds();
  }

  /** Whether its rows are still to be divided into slices, and nobody wants it to stop. */
  public synchronized boolean divides() {
    return goesOn() && tally.slices() == 0;
  }

  /** Whether another space than the active one is to be checked now that it is filled. */
  public boolean ends() {
    return goesOn() && builds();
  }

  /** Whether slices are left, and nobody wants it to stop. */
  public synchronized boolean slicesLeft() {
    return goesOn() && tally.open() > 0;
  }

  /** Whether rows may lack a vector still, and nobody wants it to stop. */
  public synchronized boolean rowsLeft() {
    return goesOn() && missing != 0;
  }

  /** Notes how far the slices of all processes are; what is new is progress. */
  synchronized void tally(SliceTally now) {
    tally = now;
    long more = now.done() + now.refused() - counted;
    if (more > 0) {
      long bad = Math.min(more, Math.max(0, now.refused() - refused));
      if (bad > 0) {
        run.progress().failed(bad, REFUSAL);
      }
      run.progress().did(more - bad);
      counted += more;
    }
    refused = Math.max(refused, now.refused());
    save();
  }

  /** What the slices of the next run are compared with, and the counts of this moment. */
  private void save() {
    run.save(
        new Document("slices", tally.slices())
            .append("open", tally.open())
            .append(COUNTED, counted)
            .append(REFUSED, refused)
            .append(VERIFIED, verified));
  }

  /** Notes how many rows there are to embed: those of the slices, and those that came later. */
  synchronized void expect() {
    run.progress().expect(Math.max(tally.rows(), run.progress().count()));
  }

  /** Where a look at everything goes on, or null at its beginning. */
  synchronized String reached() {
    return reached;
  }

  /** Whether a look at everything has come to the end, so that it is worth counting again. */
  public synchronized boolean lookedThrough() {
    return reached == null;
  }

  /**
   * Notes what was embedded beside the slices.
   *
   * @param last row of it, or null at the end of everything
   */
  synchronized void swept(PortionResult result, String last) {
    reached = last;
    run.progress().did(result.done());
    if (result.refused() > 0) {
      run.progress().failed(result.refused(), REFUSAL);
    }
    expect();
    save();
  }

  synchronized SliceTally tally() {
    return tally;
  }

  synchronized void missing(long rows) {
    missing = rows;
  }

  synchronized long missing() {
    return missing;
  }

  synchronized void verified(String how) {
    verified = verified.isEmpty() ? how : verified + "; " + how;
    save();
  }

  synchronized String verified() {
    return verified;
  }
}
