package org.hippocamel.batching;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.hippocamel.problem.Diagnosis;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * The two ends of a caller's wait for a call that it shares: it takes a ticket, and goes on when
 * the ticket is answered. Thread-safe.
 */
public final class Gate<Q, A> {
  private final ToIntFunction<Q> items;
  private final ToLongFunction<Q> bytes;
  private final Duration deadline;
  private final String late;
  private final Executor answers;

  /**
   * @param items how many of the things that {@link Bounds} counts a question holds
   * @param bytes how much of a call it takes
   * @param late what a caller is told whose ticket is not answered by the deadline
   * @param answers where callers go on: not in the thread that made the call, for its slot would
   *     wait for all of them. They must not block there
   */
  public Gate(
      ToIntFunction<Q> items,
      ToLongFunction<Q> bytes,
      Duration deadline,
      String late,
      Executor answers) {
    this.items = items;
    this.bytes = bytes;
    this.deadline = deadline;
    this.late = late;
    this.answers = answers;
  }

  /** A ticket for a question. */
  public Ticket<Q, A> ticket(Q question) {
    return new Ticket<>(question, items.applyAsInt(question), bytes.applyAsLong(question));
  }

  /**
   * The answer to a ticket.
   *
   * @return completes with what the call ended with, or with a {@link Problem} TIMEOUT when the
   *     deadline has passed
   */
  public CompletableFuture<A> answer(Ticket<Q, A> ticket) {
    return ticket
        .answer()
        .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(this::told, answers);
  }

  /** Gives every caller of a batch its answer, in the order of its questions. */
  public void keep(Batch<Q, A> batch, List<A> answers) {
    batch.answer(answers);
  }

  /** Tells every caller of a batch why there is no answer. */
  public void refuse(Batch<Q, A> batch, Throwable reason) {
    batch.refuse(reason);
  }

  private A told(A answer, Throwable thrown) {
    if (thrown == null) {
      return answer;
    }
    throw thrown instanceof TimeoutException
        ? new Problem(ProblemKind.TIMEOUT, late)
        : Diagnosis.of(thrown);
  }
}
