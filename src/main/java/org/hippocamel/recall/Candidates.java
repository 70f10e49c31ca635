package org.hippocamel.recall;

import java.util.List;
import java.util.Locale;
import org.bson.Document;

/**
 * One list of candidates.
 *
 * @param stage which search found them
 * @param rows best first, each with a {@code score}: (1 + cosine) / 2 in [0, 1], or BM25, unbounded
 * @param question the embedded query; {@link Question#NONE} for words
 */
public record Candidates(Stage stage, List<Document> rows, Question question) {
  public Candidates {
    rows = List.copyOf(rows);
  }

  /** Without the question. */
  public Candidates(Stage stage, List<Document> rows) {
    this(stage, rows, Question.NONE);
  }

  /** Cosine or BM25 of a row. */
  double score(Document row) {
    double score = row.get("score", Number.class).doubleValue();
    return stage == Stage.VECTOR ? 2 * score - 1 : score;
  }

  /** Of the last row; below it is what the search has not brought up. */
  double lowest() {
    return score(rows.get(rows.size() - 1));
  }

  /** The searches that can be fused. */
  public enum Stage {
    VECTOR,
    LEXICAL;

    /** The reply's form: {@code vector}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
