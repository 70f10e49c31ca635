package org.hippocamel.reembed;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.job.JobRun;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceSetup;

/** Takes the vectors of a space out of the rows, some at a time, and drops its index. */
public final class Retiring {
  private static final int ROWS = 1_000;

  /** Whether a job is to let go of a space. */
  public boolean asked(JobRun run) {
    return run.parameters().containsKey("retire");
  }

  /** Commands that drop its search index, none where it is gone or the run is to stop. */
  public List<Document> dropCommands(JobRun run, Space space, List<Document> present) {
    return run.goesOn()
            && present.stream().anyMatch(index -> space.index().equals(index.getString("name")))
        ? List.of(
            new Document("dropSearchIndex", SpaceSetup.MEMORIES).append("name", space.index()))
        : List.of();
  }

  /** Command: how many rows have a vector of it. */
  public Document countCommand(Space space) {
    return new Document("count", SpaceSetup.MEMORIES)
        .append("query", Lacking.present(space.path()));
  }

  /** Notes how many there are. */
  public void expect(JobRun run, Document counted) {
    run.progress().expect(run.progress().count() + counted.get("n", Number.class).longValue());
  }

  /**
   * Pipeline: the next rows.
   *
   * @param reached {@code _id} of the last one that was done; null at the beginning
   */
  public List<Bson> rowsPipeline(Space space, String reached) {
    Document wanted = new Document();
    if (reached != null) {
      wanted.append("_id", new Document("$gt", reached));
    }
    wanted.putAll(Lacking.present(space.path()));
    return List.of(
        new Document("$match", wanted),
        new Document("$sort", new Document("_id", 1)),
        new Document("$limit", ROWS),
        new Document("$project", new Document("_id", 1)));
  }

  /** The last of these rows, where the next look begins. */
  public String last(List<Document> rows) {
    return rows.get(rows.size() - 1).getString("_id");
  }

  /** Whether the end was reached, and rows before it may have got a vector meanwhile. */
  public boolean again(List<Document> rows, String reached) {
    return rows.isEmpty() && reached != null;
  }

  /** Whether rows are left, and nobody wants it to stop. */
  public boolean goesOn(JobRun run, List<Document> rows) {
    return run.goesOn() && !rows.isEmpty();
  }

  /** Command: these rows without what belongs to it. */
  public Document unsetCommand(Space space, List<Document> rows) {
    List<Object> ids = rows.stream().map(row -> row.get("_id")).toList();
    Document gone =
        new Document(space.path(), "")
            .append("truncated." + space.id(), "")
            .append(Lacking.refusal(space), "");
    return new Document("update", SpaceSetup.MEMORIES)
        .append(
            "updates",
            List.of(
                new Document("q", new Document("_id", new Document("$in", ids)))
                    .append("u", new Document("$unset", gone))
                    .append("multi", true)));
  }

  /** Notes how many rows are done. */
  public void did(JobRun run, List<Document> rows) {
    run.progress().did(rows.size());
  }

  /** All is done. */
  public void finish(JobRun run, Space space) {
    if (run.goesOn()) {
      run.finish(new Document("space", space.id()).append("state", "retired"));
    }
  }
}
