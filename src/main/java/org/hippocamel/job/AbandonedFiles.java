package org.hippocamel.job;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.not;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.config.JobSettings;

/**
 * Open jobs of the inbox that nobody works on. The inbox takes its files up again by itself, so a
 * job whose file does not come back would stay open for ever.
 */
public final class AbandonedFiles {
  /** Where a job's parameters name the file, below the inbox. */
  public static final String FILE = "file";

  private final Path inbox;
  private final String process;
  private final JobSettings settings;
  private final Clock clock;

  /**
   * @param inbox of this process
   * @param process its name on leases
   */
  public AbandonedFiles(Path inbox, String process, JobSettings settings, Clock clock) {
    this.inbox = inbox;
    this.process = process;
    this.settings = settings;
    this.clock = clock;
  }

  /** Pipeline: those jobs. */
  public List<Bson> pipeline() {
    return List.of(
        new Document(
            "$match", and(eq("kind", JobKind.FILE.word()), in("state", JobState.OPEN), free())));
  }

  /** Writes: what waits for this process is kept alive, what waits in vain ends with a reason. */
  public List<WriteModel<Document>> writes(List<Document> rows) {
    return rows.stream().flatMap(row -> fields(row).map(set -> write(row, set)).stream()).toList();
  }

  private Optional<Document> fields(Document row) {
    Instant now = clock.instant();
    if (JobState.CANCELLING.word().equals(row.getString("state"))) {
      return Optional.of(ended(JobState.CANCELLED, null));
    }
    String name = row.get("lease", new Document()).getString("name");
    if (process.equals(name)) {
      String file = row.get("parameters", Document.class).getString(FILE);
      return Optional.of(
          Files.exists(inbox.resolve(file))
              ? new Document("updated_at", Date.from(now))
              : ended(JobState.FAILED, "the file left the inbox before all of it was stored"));
    }
    Instant heard = row.getDate("updated_at").toInstant();
    boolean silent = Duration.between(heard, now).compareTo(settings.abandoned()) > 0;
    return silent ? Optional.of(ended(JobState.FAILED, silence(name, heard))) : Optional.empty();
  }

  private static String silence(String name, Instant heard) {
    return (name == null ? "no process took it up" : "its process " + name + " was not heard of")
        + " since "
        + heard;
  }

  private Document ended(JobState state, String reason) {
    Instant now = clock.instant();
    return new Document("state", state.word())
        .append("reason", reason)
        .append("rate", null)
        .append("eta", null)
        .append("updated_at", Date.from(now))
        .append("finished_at", Date.from(now))
        .append("expires_at", Date.from(now.plus(settings.keep())));
  }

  private WriteModel<Document> write(Document row, Document fields) {
    return new UpdateOneModel<>(
        and(eq("_id", row.get("_id")), free()), new Document("$set", fields));
  }

  private Bson free() {
    return not(gt("lease.until", Date.from(clock.instant())));
  }
}
