package org.hippocamel.reembed;

import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;

/**
 * Some rows of a slice on their way to their vectors.
 *
 * @param rows id, text, heading and hash of each
 * @param embeddings in the order of the rows; empty before they are there
 * @param began {@link System#nanoTime} when the rows were read
 */
public record Portion(List<Document> rows, List<Embedding> embeddings, long began) {
  public boolean empty() {
    return rows.isEmpty();
  }

  /** The {@code _id} of the last row, or null. */
  String last() {
    return empty() ? null : rows.get(rows.size() - 1).getString("_id");
  }
}
