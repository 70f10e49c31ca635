package org.hippocamel.ingest;

import java.util.List;
import org.bson.Document;

/**
 * One page of the ledger.
 *
 * @param limit sources on it
 * @param after id of the last source of the page before, "" for the first page
 * @param rows what was found: one more than {@code limit} when there is a next page
 */
public record SourcePage(int limit, String after, List<Document> rows) {
  public SourcePage {
    rows = List.copyOf(rows);
  }

  /** The sources of this page. */
  public List<Document> shown() {
    return rows.subList(0, Math.min(limit, rows.size()));
  }

  public boolean more() {
    return rows.size() > limit;
  }
}
