package org.hippocamel.reembed;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.job.JobKind;
import org.hippocamel.job.JobRequest;
import org.hippocamel.job.JobState;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceList;

/**
 * Makes the jobs that fill spaces and let go of them: one at a time. The row of the active space
 * names the job that is at the spaces; whoever orders another one exchanges it in one step. Of a
 * job that has ended nobody takes notice.
 *
 * <pre>
 * {_id: "~active", ..., job: "acme:retire-a-19a3...", job_at: 12:00:10}
 * </pre>
 */
public final class Ordering {
  private static final String UNIT = "memories";
  private static final String JOB = "job";
  private static final String AT = "job_at";

  /** A job is named there before it is made; one that is not there by then never was. */
  private static final Duration MAKING = Duration.ofMinutes(1);

  private final Clock clock;

  /** Makes ids that sort as their jobs came. */
  public Ordering(Clock clock) {
    this.clock = clock;
  }

  /** Pipeline: the jobs of this kind, whosever they are. */
  public List<Bson> jobsPipeline() {
    return List.of(
        new Document("$match", new Document("kind", JobKind.REEMBED.word())),
        new Document("$project", new Document("state", 1)));
  }

  /** Pipeline: which job was ordered last. */
  public List<Bson> lockPipeline() {
    return List.of(
        new Document("$match", new Document("_id", SpaceList.ACTIVE)),
        new Document("$project", new Document(JOB, 1).append(AT, 1)));
  }

  /** What it found; empty in a store without spaces. */
  public Document lock(List<Document> found) {
    return found.isEmpty() ? new Document() : found.get(0);
  }

  /**
   * The job that fills a space.
   *
   * @throws Problem CONFLICT naming the job that is at it
   */
  public JobRequest fill(String tenant, ReembedOrder order, Space target, List<Document> jobs) {
    Document parameters = new Document("space", target.id()).append("switch", order.switches());
    return job(tenant, "reembed-" + target.id(), parameters, jobs);
  }

  /**
   * The job that lets go of a space.
   *
   * @throws Problem CONFLICT naming the job that is at it
   */
  public JobRequest retire(String tenant, Space space, List<Document> jobs) {
    return job(tenant, "retire-" + space.id(), new Document("retire", space.id()), jobs);
  }

  private JobRequest job(String tenant, String name, Document parameters, List<Document> jobs) {
    for (Document row : jobs) {
      if (JobState.OPEN.contains(row.getString("state"))) {
        throw new Problem(
            ProblemKind.CONFLICT,
            "job "
                + MemoryId.id(row.getString("_id"))
                + " is at the spaces already, it is "
                + row.getString("state")
                + ": wait for it, resume or cancel it");
      }
    }
    String unique = UUID.randomUUID().toString().substring(0, 4);
    String id = "%s-%011x%s".formatted(name, clock.millis(), unique);
    return new JobRequest(tenant, JobKind.REEMBED, id, UNIT, parameters);
  }

  /** Whether somebody makes another job at this moment. */
  private boolean beingMade(Document lock, String key, List<Document> jobs) {
    Date at = lock.getDate(AT);
    String last = lock.getString(JOB);
    return at != null
        && !key.equals(last)
        && at.toInstant().plus(MAKING).isAfter(clock.instant())
        && jobs.stream().noneMatch(row -> row.getString("_id").equals(last));
  }

  /**
   * Change: this job is at the spaces, unless another one was ordered since that was read.
   *
   * @param lock what was ordered last, read after the jobs
   * @throws Problem CONFLICT when that is being made
   */
  public List<Bson> taken(JobRequest job, Document lock, List<Document> jobs) {
    String key = MemoryId.key(job.tenant(), job.id());
    if (beingMade(lock, key, jobs)) {
      throw another();
    }
    return List.of(
        and(eq("_id", SpaceList.ACTIVE), eq(JOB, lock.getString(JOB))),
        new Document("$set", new Document(JOB, key).append(AT, Date.from(clock.instant()))));
  }

  /**
   * Passes on when it is.
   *
   * @param row the row that names the active space, null when another order came first
   * @throws Problem CONFLICT
   */
  public JobRequest made(Document row, JobRequest job) {
    if (row == null) {
      throw another();
    }
    return job;
  }

  private static Problem another() {
    return new Problem(
        ProblemKind.CONFLICT,
        "another order for the spaces came at the same moment: look at GET /v1/jobs?kind=reembed");
  }
}
