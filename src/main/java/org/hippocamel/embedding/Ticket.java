package org.hippocamel.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One caller's texts on their way through a TEI call, and the promise of their embeddings, in the
 * order of the texts. The promise is always kept; what failed is in it.
 *
 * @param measured whether no text is longer than the model reads
 * @param caller the caller's trace, or null
 */
public record Ticket(
    List<String> texts,
    Size size,
    Lane lane,
    boolean measured,
    Object caller,
    CompletableFuture<List<Embedding>> embeddings) {
  Ticket(List<String> texts, Size size, Lane lane, boolean measured, Object caller) {
    this(List.copyOf(texts), size, lane, measured, caller, new CompletableFuture<>());
  }

  Ticket(List<String> texts, Size size, Lane lane, boolean measured) {
    this(texts, size, lane, measured, null);
  }

  Ticket(List<String> texts, Size size, Lane lane) {
    this(texts, size, lane, false);
  }

  /** Whether somebody still waits for it. */
  boolean awaited() {
    return !embeddings.isDone();
  }
}
