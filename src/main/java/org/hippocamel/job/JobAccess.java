package org.hippocamel.job;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.JobSettings;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** The values of looking at jobs and of saying what is to become of them. */
public final class JobAccess {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 1_000;
  private static final Pattern PLACE = Pattern.compile("(\\d{1,15})-(.{1,500})");

  private final JobSettings settings;
  private final Clock clock;

  public JobAccess(JobSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The page that the query parameters ask for; null or "" is a parameter that is not there.
   *
   * @param limit jobs, 1 to 1000, 50 when not given
   * @param after the {@code next} of the page before
   * @throws Problem INVALID
   */
  public JobPage page(String kind, String state, String limit, String after) {
    return new JobPage(
        absent(kind) ? null : JobKind.of(known("kind", kind, JobKind.words())),
        absent(state) ? null : JobState.of(known("state", state, JobState.words())),
        absent(limit) ? DEFAULT_LIMIT : limit(limit),
        absent(after) ? null : place(after),
        List.of());
  }

  private static boolean absent(String parameter) {
    return parameter == null || parameter.isEmpty();
  }

  private static String known(String name, String word, List<String> words) {
    if (!words.contains(word)) {
      throw Problem.invalid("/" + name, name + " must be one of " + String.join(", ", words));
    }
    return word;
  }

  private static int limit(String limit) {
    int size = limit.matches("\\d{1,4}") ? Integer.parseInt(limit) : 0;
    if (size < 1 || size > MAX_LIMIT) {
      throw Problem.invalid("/limit", "limit must be a whole number from 1 to " + MAX_LIMIT);
    }
    return size;
  }

  private static JobPage.Place place(String after) {
    Matcher place = PLACE.matcher(after);
    if (!place.matches()) {
      throw Problem.invalid("/after", "after must be the \"next\" of the page before");
    }
    return new JobPage.Place(Long.parseLong(place.group(1)), place.group(2));
  }

  /** Pipeline: a tenant's jobs, newest first, one more than the page holds; without results. */
  public List<Bson> listPipeline(String tenant, JobPage page) {
    List<Bson> match = new ArrayList<>(List.of(eq("tenant", tenant)));
    if (page.kind() != null) {
      match.add(eq("kind", page.kind().word()));
    }
    if (page.state() != null) {
      match.add(eq("state", page.state().word()));
    }
    if (page.after() != null) {
      Date then = new Date(page.after().millis());
      String key = MemoryId.key(tenant, page.after().id());
      match.add(or(lt("created_at", then), and(eq("created_at", then), lt("_id", key))));
    }
    return List.of(
        new Document("$match", and(match)),
        new Document("$sort", new Document("created_at", -1).append("_id", -1)),
        new Document("$limit", page.limit() + 1),
        new Document("$unset", List.of("result", "checkpoint")));
  }

  /** The page with its jobs. */
  public JobPage listed(JobPage page, List<Document> rows) {
    return new JobPage(page.kind(), page.state(), page.limit(), page.after(), rows);
  }

  /** Pipeline: one job with its result. */
  public List<Bson> pipeline(Named job) {
    return List.of(
        new Document("$match", eq("_id", job.key())), new Document("$unset", "checkpoint"));
  }

  /**
   * @throws Problem NOT_FOUND
   */
  public Document found(List<Document> rows, Named job) {
    if (rows.isEmpty()) {
      throw new Problem(ProblemKind.NOT_FOUND, "no job with id " + job.shown());
    }
    return rows.get(0);
  }

  /** Writes, the first that fits: a job nobody has begun is cancelled, any other is to clear up. */
  public List<WriteModel<Document>> cancel(Named job) {
    Date now = now();
    return List.of(
        change(
            job,
            and(
                stands(JobState.QUEUED, JobState.PAUSED),
                eq("attempts", 0),
                eq("started_at", null)),
            state(JobState.CANCELLED)
                .append("finished_at", now)
                .append("expires_at", Date.from(clock.instant().plus(settings.keep())))),
        change(
            job,
            stands(JobState.QUEUED, JobState.RUNNING, JobState.PAUSED),
            state(JobState.CANCELLING).append("retry_at", null)));
  }

  /** Write: a job whose worker can leave off is to wait. */
  public List<WriteModel<Document>> pause(Named job) {
    List<String> pausable =
        Arrays.stream(JobKind.values()).filter(JobKind::pausable).map(JobKind::word).toList();
    return List.of(
        change(
            job,
            and(stands(JobState.QUEUED, JobState.RUNNING), in("kind", pausable)),
            state(JobState.PAUSED).append("rate", null).append("eta", null)));
  }

  /** Writes: a job whose worker has not noticed the pause goes on, any other waits for one. */
  public List<WriteModel<Document>> resume(Named job) {
    return List.of(
        change(
            job, and(stands(JobState.PAUSED), gt("lease.until", now())), state(JobState.RUNNING)),
        change(job, stands(JobState.PAUSED), state(JobState.QUEUED).append("retry_at", null)));
  }

  private static Bson stands(JobState... states) {
    return in("state", JobState.words(states));
  }

  private Document state(JobState state) {
    return new Document("state", state.word()).append("updated_at", now());
  }

  private static WriteModel<Document> change(Named job, Bson when, Document fields) {
    return new UpdateOneModel<>(and(eq("_id", job.key()), when), new Document("$set", fields));
  }

  /**
   * The job after it was to be cancelled.
   *
   * @throws Problem CONFLICT when it had ended before
   */
  public Document cancelled(Document row, Named job) {
    return now(row, job, "cancelled", JobState.CANCELLED, JobState.CANCELLING);
  }

  /**
   * The job after it was to be paused.
   *
   * @throws Problem CONFLICT when it had ended, is being cancelled, or its kind knows no pause
   */
  public Document paused(Document row, Named job) {
    JobKind kind = JobKind.of(row.getString("kind"));
    if (!kind.pausable()) {
      throw new Problem(ProblemKind.CONFLICT, "a job of kind " + kind.word() + " cannot be paused");
    }
    return now(row, job, "paused", JobState.PAUSED);
  }

  /**
   * The job after it was to be resumed.
   *
   * @throws Problem CONFLICT when it had ended or is being cancelled
   */
  public Document resumed(Document row, Named job) {
    return now(row, job, "resumed", JobState.QUEUED, JobState.RUNNING);
  }

  private static Document now(Document row, Named job, String what, JobState... wanted) {
    String state = row.getString("state");
    if (!JobState.words(wanted).contains(state)) {
      throw new Problem(
          ProblemKind.CONFLICT, "job " + job.shown() + " is " + state + " and cannot be " + what);
    }
    return row;
  }

  private Date now() {
    return Date.from(clock.instant());
  }
}
