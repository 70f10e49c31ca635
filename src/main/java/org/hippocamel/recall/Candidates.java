package org.hippocamel.recall;

import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;

/**
 * One list of candidates.
 *
 * @param stage which search found them
 * @param rows best first, each with a {@code score}: (1 + cosine) / 2 in [0, 1], or BM25, unbounded
 * @param question the embedded query; empty for words
 */
public record Candidates(Stage stage, List<Document> rows, List<Embedding> question) {
  public Candidates {
    rows = List.copyOf(rows);
    question = List.copyOf(question);
  }

  /** Without the question. */
  public Candidates(Stage stage, List<Document> rows) {
    this(stage, rows, List.of());
  }

  /** Whether they are nearest to the question's beginning alone. */
  public boolean queryTruncated() {
    return question.stream().anyMatch(Embedding::truncated);
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
