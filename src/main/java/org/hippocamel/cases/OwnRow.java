package org.hippocamel.cases;

import java.util.Date;
import java.util.List;
import org.bson.Document;

/**
 * What is stored under the id of a case that is sent.
 *
 * @param known whether anything is
 * @param merged whether that is part of another case
 * @param createdAt since when it is there, or null
 */
public record OwnRow(boolean known, boolean merged, Date createdAt) {
  static OwnRow of(List<Document> rows) {
    if (rows.isEmpty()) {
      return new OwnRow(false, false, null);
    }
    Document solved = rows.get(0).get("case", new Document());
    return new OwnRow(
        true, solved.getString("merged_into") != null, rows.get(0).getDate("created_at"));
  }

  /** Whether it may become part of the other: of two that are there, the later one does. */
  boolean follows(String key, Document other) {
    if (!known) {
      return true;
    }
    int order = other.getDate("created_at").compareTo(createdAt);
    return !merged && (order < 0 || order == 0 && other.getString("_id").compareTo(key) < 0);
  }
}
