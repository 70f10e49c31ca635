package org.hippocamel.rerank;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hippocamel.config.Rerank;

/**
 * The two ends of a caller's wait, and the line between them: a request is cut into parts that
 * stand in line, and answered when all have scores, one cannot have any, or its deadline has
 * passed. Whoever has least time left goes first. Thread-safe.
 */
public final class RerankGate {
  private final Rerank settings;
  private final Reranker reranker;
  private final RerankCounts counts;
  private final Executor answers;
  private final LongSupplier nanoTime;
  private final Queue<RerankPart> line;

  /**
   * @param answers where callers go on with their scores: not in the thread that made the call
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public RerankGate(
      Rerank settings,
      Reranker reranker,
      RerankCounts counts,
      Executor answers,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.reranker = reranker;
    this.counts = counts;
    this.answers = answers;
    this.nanoTime = nanoTime;
    this.line =
        new PriorityBlockingQueue<>(
            64, (one, other) -> Long.signum(one.remaining(0) - other.remaining(0)));
  }

  /** Cuts a request into parts and puts them in line; none where it is answered at once. */
  public Asked ask(RerankRequest request) {
    Asked asked =
        new Asked(
            request,
            request.patient() ? settings.apiDeadline() : settings.deadline(),
            nanoTime.getAsLong(),
            reranker.scale(),
            reranker.modelId());
    reranker
        .obstacle()
        .ifPresentOrElse(asked::end, () -> asked.into(RerankPart.of(asked, reranker.limits())));
    line.addAll(asked.parts());
    return asked;
  }

  /** The part to be asked for now, for a thread that has nothing to do; null when there is none. */
  public RerankPart next() {
    RerankPart part = line.poll();
    while (part != null && !begins(part)) {
      part = line.poll();
    }
    return part;
  }

  private boolean begins(RerankPart part) {
    if (!part.awaited()) {
      return false;
    }
    Optional<Reranked> none = reranker.obstacle().or(() -> reranker.tooLate(part));
    none.ifPresent(part::end);
    return none.isEmpty();
  }

  /** The answer to a request; never an exception. */
  public CompletableFuture<Reranked> answer(Asked asked) {
    return asked
        .answer()
        .completeOnTimeout(asked.tooSlow(), asked.deadline().toMillis(), TimeUnit.MILLISECONDS)
        .thenApplyAsync(how -> ended(asked, how), answers);
  }

  private Reranked ended(Asked asked, Reranked how) {
    reranker.ended(asked, how);
    counts.ended(how, asked.refused(), nanoTime.getAsLong() - asked.begun());
    return how;
  }
}
