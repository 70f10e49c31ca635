package org.hippocamel.recall;

import java.util.List;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.problem.Problem;

/**
 * The query as the embedder sees it.
 *
 * @param embedded its vector; empty where none was asked for, or none came in time
 * @param away why words alone must do; null when they need not
 */
public record Question(List<Embedding> embedded, String away) {
  /** Nobody asked for a vector. */
  static final Question NONE = new Question(List.of(), null);

  public Question {
    embedded = List.copyOf(embedded);
  }

  static Question of(List<Embedding> embedded) {
    return new Question(embedded, null);
  }

  /** Without a vector, as the embedder is away. */
  static Question unanswered(String why) {
    return new Question(List.of(), why);
  }

  boolean hasVector() {
    return !embedded.isEmpty();
  }

  /**
   * The query's vector.
   *
   * @throws Problem why the embedder refused it
   */
  float[] vector() {
    return embedded.get(0).orThrow();
  }

  /** Whether vectors are compared with that of the query's beginning alone. */
  boolean truncated() {
    return embedded.stream().anyMatch(Embedding::truncated);
  }
}
