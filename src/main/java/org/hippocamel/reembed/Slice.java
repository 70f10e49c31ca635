package org.hippocamel.reembed;

import org.bson.Document;
import org.hippocamel.spaces.Space;

/**
 * A range of rows in the hands of this process. For one thread.
 *
 * @param id its own
 * @param owner word of its lease
 * @param job key of its job
 * @param from first {@code _id}, or null for the lowest
 * @param to the {@code _id} after the last, or null for no end
 * @param rows that lacked a vector when the job began
 * @param refused of them, by whoever had it before
 * @param target whose vectors its rows may lack
 */
public record Slice(
    String id,
    String owner,
    String job,
    String from,
    String to,
    long rows,
    long refused,
    Space target) {

  /**
   * Everything from a row on: what is looked through when all slices are done.
   *
   * @param from its {@code _id}, or null for the first
   */
  static Slice whole(Migration migration, String from) {
    return new Slice(null, null, migration.job(), from, null, 0, 0, migration.target());
  }

  /** Whether its progress is kept in a row of its own. */
  public boolean kept() {
    return id != null;
  }

  /** Condition: rows of the range that have no vector and may have one. */
  Document lacking() {
    Document range = new Document();
    if (from != null) {
      range.append("$gte", from);
    }
    if (to != null) {
      range.append("$lt", to);
    }
    Document condition = range.isEmpty() ? new Document() : new Document("_id", range);
    return Lacking.add(condition, target);
  }
}
