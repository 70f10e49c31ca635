package org.hippocamel.embedding;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One caller's texts on their way through a TEI call, and the promise of their embeddings, in the
 * order of the texts. The promise is always kept; what failed is in it.
 *
 * @param embedder who is asked
 * @param measured whether no text is longer than the model reads
 * @param caller the caller's trace, or null
 */
public record Ticket(
    Embedder embedder,
    List<String> texts,
    Size size,
    Lane lane,
    boolean measured,
    Object caller,
    CompletableFuture<List<Embedding>> embeddings) {
  Ticket(
      Embedder embedder,
      List<String> texts,
      Size size,
      Lane lane,
      boolean measured,
      Object caller) {
    this(embedder, List.copyOf(texts), size, lane, measured, caller, new CompletableFuture<>());
  }

  /** A ticket of nobody's trace. */
  Ticket(Embedder embedder, List<String> texts, Size size, Lane lane, boolean measured) {
    this(embedder, texts, size, lane, measured, null);
  }

  /** The lane that it stands in: {@code query}, {@code next-ingest}. */
  public String way() {
    return embedder.name().equals("tei") ? lane.word() : embedder.name() + "-" + lane.word();
  }

  /** Whether somebody still waits for it. */
  boolean awaited() {
    return !embeddings.isDone();
  }
}
