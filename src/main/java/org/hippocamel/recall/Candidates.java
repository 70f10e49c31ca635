package org.hippocamel.recall;

import java.util.List;
import org.bson.Document;

/**
 * One list of candidates.
 *
 * @param stage which search found them
 * @param rows best first, each with a {@code score}: (1 + cosine) / 2 in [0, 1], or BM25, unbounded
 * @param queryTruncated whether they are nearest to the query's beginning alone
 */
public record Candidates(Stage stage, List<Document> rows, boolean queryTruncated) {
  public Candidates {
    rows = List.copyOf(rows);
  }

  /** The searches that can be fused. */
  public enum Stage {
    VECTOR,
    LEXICAL;

    /** The reply's form: {@code vector}. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
