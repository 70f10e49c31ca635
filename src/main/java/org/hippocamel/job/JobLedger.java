package org.hippocamel.job;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.not;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.JobSettings;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;

/**
 * The collection {@code jobs}, for those who work: making a job, taking it, telling how it stands,
 * ending it. Each change is a filter and an update of one row, which the store makes at once: of
 * two processes that take a job one gets it.
 *
 * <pre>
 * _id             kind        state    done  lease {name, owner, until}   retry_at
 * acme:19a3...    evaluation  queued   0     -                            -
 * acme:5c01...    file        running  4200  {hal:8080, 7f.., 12:00:30}   -
 * acme:19a2...    reembed     queued   900   {hal:8080, null, 11:58:02}   12:00:10
 * </pre>
 *
 * A lease that has run out is nobody's: its row is taken like a queued one.
 */
public final class JobLedger {
  /** Name of the collection. */
  public static final String JOBS = "jobs";

  private final JobSettings settings;
  private final String process;
  private final Clock clock;

  /**
   * @param process name of this process on its leases; the same when it is started again, and
   *     nobody else's meanwhile
   */
  public JobLedger(JobSettings settings, String process, Clock clock) {
    this.settings = settings;
    this.process = process;
    this.clock = clock;
  }

  /** Tenant and id of a row. */
  static Named named(Document row) {
    return new Named(row.getString("tenant"), MemoryId.id(row.getString("_id")));
  }

  /** Upsert: the job, unless it is there. */
  public List<Bson> created(JobRequest request) {
    Date now = now();
    Document row =
        new Document("tenant", request.tenant())
            .append("kind", request.kind().word())
            .append("state", JobState.QUEUED.word())
            .append("unit", request.unit())
            .append("total", null)
            .append("done", 0L)
            .append("skipped", 0L)
            .append("failed", 0L)
            .append("attempts", 0)
            .append("parameters", request.parameters())
            .append("created_at", now)
            .append("updated_at", now);
    String id = request.id() == null ? newId() : request.id();
    return change(eq("_id", MemoryId.key(request.tenant(), id)), new Document("$setOnInsert", row));
  }

  /** An id that no other job has; time first, so that ids sort as their jobs came. */
  public String newId() {
    return String.format("%011x", clock.millis()) + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Change: takes a job by its row, whatever its state, unless another process has it. */
  public List<Bson> taken(Document row) {
    return taking(and(eq("_id", row.get("_id")), free()));
  }

  /** Change: takes a job of a kind that waits, or whose process has died. */
  public List<Bson> next(String kind) {
    List<String> takeable = JobState.words(JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING);
    return taking(and(eq("kind", kind), in("state", takeable), free(), not(gt("retry_at", now()))));
  }

  private List<Bson> taking(Bson filter) {
    Document lease =
        new Document("name", process)
            .append("owner", UUID.randomUUID().toString())
            .append("until", until());
    return change(
        filter,
        new Document("$set", new Document("lease", lease).append("updated_at", now()))
            .append("$inc", new Document("attempts", 1))
            .append("$unset", new Document("retry_at", "")));
  }

  private Bson free() {
    return not(gt("lease.until", now()));
  }

  /** Whoever waits longest comes first. */
  public Document oldestFirst() {
    return new Document("created_at", 1);
  }

  /** Change: the run has begun; whatever an earlier one ended with is gone. */
  public List<Bson> begun(JobRun run) {
    return change(
        and(mine(run), not(in("state", JobState.words(JobState.CANCELLING, JobState.PAUSED)))),
        new Document(
                "$set",
                new Document("state", JobState.RUNNING.word())
                    .append("started_at", Date.from(run.startedAt()))
                    .append("updated_at", now()))
            .append("$unset", forgotten(run)));
  }

  /** What a job waited for is worth knowing until it has got somewhere. */
  private static Document forgotten(JobRun run) {
    Document fields = new Document("result", "").append("finished_at", "").append("expires_at", "");
    return run.reopened() ? fields.append("reason", "") : fields;
  }

  /** Change: how the run stands; the lease is as long again. */
  public List<Bson> told(JobRun run) {
    Document fields = run.progress().toDocument(clock.instant()).append("lease.until", until());
    if (run.progress().count() > 0) {
      fields.append("reason", null);
    }
    return change(mine(run), new Document("$set", fields));
  }

  /** Change: the end of the run, if its job still stands as the run knows. */
  public List<Bson> ended(JobRun run) {
    // The counts once more: these are the last ones, whoever told the store before.
    Document fields = run.progress().toDocument(clock.instant());
    fields.append("rate", null).append("eta", null);
    fields.append("lease.until", now()).append("lease.owner", null);
    JobState state = JobEnding.state(run);
    fields.append("state", state.word()).append("reason", JobEnding.reason(run));
    if (run.result() != null) {
      fields.append("result", run.result());
    }
    if (state.ended()) {
      fields.append("finished_at", now()).append("expires_at", expiry());
    } else {
      // It came to an orderly stop: that it was begun says nothing against it.
      fields.append("attempts", 0).append("retry_at", JobEnding.waits(run) ? retry() : null);
    }
    return change(and(mine(run), eq("state", run.state().word())), new Document("$set", fields));
  }

  private static Bson mine(JobRun run) {
    return and(eq("_id", run.named().key()), eq("lease.owner", run.lease()));
  }

  /** Change of many: the leases that this process had before it was started again. */
  public List<Bson> recovered() {
    return change(
        and(eq("lease.name", process), in("state", JobState.OPEN)),
        new Document("$set", new Document("lease.until", now()).append("lease.owner", null)));
  }

  /** Pipeline: how many jobs there are of each kind and state. */
  public List<Bson> countPipeline() {
    Document group = new Document("kind", "$kind").append("state", "$state");
    return List.of(
        new Document("$group", new Document("_id", group).append("jobs", new Document("$sum", 1))));
  }

  private static List<Bson> change(Bson filter, Bson update) {
    return List.of(filter, update);
  }

  private Date now() {
    return Date.from(clock.instant());
  }

  private Date until() {
    return Date.from(clock.instant().plus(settings.lease()));
  }

  private Date retry() {
    return Date.from(clock.instant().plus(settings.retry()));
  }

  private Date expiry() {
    return Date.from(clock.instant().plus(settings.keep()));
  }
}
