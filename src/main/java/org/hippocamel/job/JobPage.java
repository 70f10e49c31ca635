package org.hippocamel.job;

import java.util.List;
import org.bson.Document;
import org.hippocamel.memory.MemoryId;

/**
 * One page of a tenant's jobs, newest first.
 *
 * @param kind only these, or null for all
 * @param state only those that stand so, or null for all
 * @param limit jobs on it
 * @param after where the page before ended, or null for the first
 * @param rows what was found: one more than {@code limit} when there is a next page
 */
public record JobPage(JobKind kind, JobState state, int limit, Place after, List<Document> rows) {
  public JobPage {
    rows = List.copyOf(rows);
  }

  /** The jobs of this page. */
  public List<Document> shown() {
    return rows.subList(0, Math.min(limit, rows.size()));
  }

  /** The {@code after} of the page that follows, or null when this is the last. */
  public String next() {
    return rows.size() > limit ? Place.of(rows.get(limit - 1)).toString() : null;
  }

  /**
   * A job's place in the order.
   *
   * @param millis when it was made
   * @param id its id
   */
  public record Place(long millis, String id) {
    static Place of(Document row) {
      return new Place(row.getDate("created_at").getTime(), MemoryId.id(row.getString("_id")));
    }

    /** {@code 1795867200123-5c01...}. */
    @Override
    public String toString() {
      return millis + "-" + id;
    }
  }
}
