package org.hippocamel.reembed;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRun;
import org.hippocamel.job.JobState;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceDiscovery;

/** Finds slices to work on in jobs that other processes coordinate. */
public final class SliceHelp {
  private final SpaceDiscovery discovery;
  private final Embedders embedders;
  private final String process;
  private final Clock clock;

  /**
   * @param process name of this process on leases
   */
  public SliceHelp(SpaceDiscovery discovery, Embedders embedders, String process, Clock clock) {
    this.discovery = discovery;
    this.embedders = embedders;
    this.process = process;
    this.clock = clock;
  }

  /** Pipeline: the re-embedding that another process coordinates now; a paused one is not. */
  public List<Bson> jobPipeline() {
    return List.of(
        new Document(
            "$match",
            new Document("kind", JobKind.REEMBED.word())
                .append("state", JobState.RUNNING.word())
                .append("lease.until", new Document("$gt", now()))
                .append("lease.name", new Document("$ne", process))),
        new Document("$limit", 1),
        new Document("$project", new Document("_id", 1)));
  }

  /** Its key, or "" when there is none. */
  public String job(List<Document> rows) {
    return rows.isEmpty() ? "" : rows.get(0).getString("_id");
  }

  /** Pipeline: a slice of it that nobody works on. */
  public List<Bson> openPipeline(String job) {
    return List.of(
        new Document(
            "$match",
            new Document("job", job)
                .append("state", "open")
                .append("until", new Document("$lt", now()))),
        new Document("$limit", 1),
        new Document("$project", new Document("space", 1)));
  }

  /** The space that it is of; null when there is none, or its embedder is not here. */
  public Space target(List<Document> rows) {
    if (rows.isEmpty() || !embedders.serves(rows.get(0).getString("space"))) {
      return null;
    }
    return discovery.served(rows.get(0).getString("space")).orElse(null);
  }

  /** A hand that helped looks for more, unless nobody wants help. */
  public void looked(Shift.Hand hand, Space target) {
    if (target == null) {
      hand.rest();
    }
  }

  /** Work for which this process has no lease of the job: {@link #wanted} says when to stop. */
  public JobRun run() {
    return JobRun.unwatched();
  }

  /** Pipeline: the job that is helped, if it runs. */
  public List<Bson> wantedPipeline(String job) {
    return List.of(
        new Document("$match", new Document("_id", job).append("state", JobState.RUNNING.word())),
        new Document("$project", new Document("_id", 1)));
  }

  /** Whoever helps leaves off when it does not: it was cancelled, paused or has ended. */
  public void wanted(Shift shift, List<Document> rows) {
    if (rows.isEmpty()) {
      shift.leave();
    }
  }

  private Date now() {
    return Date.from(clock.instant());
  }
}
