package org.hippocamel.memory;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedding.Asked;
import org.hippocamel.embedding.EmbedGate;
import org.hippocamel.embedding.Embedding;

/**
 * Vectors of new memories in the spaces beside the active one: asked for before the active one's,
 * so that both are computed at the same time, and done without when they do not come. Thread-safe.
 */
public final class Companions {
  private final EmbedGate gate;

  public Companions(EmbedGate gate) {
    this.gate = gate;
  }

  /** Notes with the writes what was asked for. */
  public void begun(Writes writes, Elsewhere wish, Asked asked) {
    writes.promises().add(new Promise(wish, gate.answer(asked)));
  }

  /** A wish under way; what comes of it after its patience is a refusal. */
  record Promise(Elsewhere wish, CompletableFuture<List<Embedding>> embeddings) {}

  /**
   * The writes with all the vectors that came.
   *
   * @return completes when each wish is answered or its patience is over; never with an error
   */
  public CompletableFuture<Writes> answer(Writes writes) {
    CompletableFuture<Writes> answer = CompletableFuture.completedFuture(writes);
    for (Promise promise : writes.promises()) {
      answer =
          answer.thenCombine(
              promise.embeddings().exceptionally(thrown -> List.of()),
              (before, embeddings) -> before.withElsewhere(promise.wish(), embeddings));
    }
    return answer;
  }
}
