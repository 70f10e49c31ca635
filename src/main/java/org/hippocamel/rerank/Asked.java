package org.hippocamel.rerank;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/** A request under way: its parts, the scores so far, and the promise of an answer. Thread-safe. */
public final class Asked {
  /** One bad text among 32 is found after five; a server that refuses all is not asked for ever. */
  private static final int MOST_REFUSALS = 16;

  private final RerankRequest request;
  private final Duration deadline;
  private final long begun;
  private final ScoreScale scale;
  private final String modelId;
  private final float[] scores;
  private final CompletableFuture<Reranked> answer = new CompletableFuture<>();
  private List<RerankPart> parts = List.of();
  private OptionalInt status = OptionalInt.empty();
  private int open; // texts that nothing is known of
  private int refused; // texts
  private int refusals; // calls
  private int tokens;
  private volatile boolean called;

  /**
   * @param begun when it came, by the clock of {@link System#nanoTime}
   * @param scale puts the scores to ours
   * @param modelId whose scores they are
   */
  Asked(RerankRequest request, Duration deadline, long begun, ScoreScale scale, String modelId) {
    this.request = request;
    this.deadline = deadline;
    this.begun = begun;
    this.scale = scale;
    this.modelId = modelId;
    this.open = request.texts().size();
    this.scores = new float[open];
    Arrays.fill(scores, Float.NaN);
  }

  /** What is to be asked for; nothing where the answer is known without. */
  public List<RerankPart> parts() {
    return parts;
  }

  /** From now on these are to be asked for; without any, it is done. */
  void into(List<RerankPart> all) {
    parts = all;
    if (all.isEmpty()) {
      done();
    }
  }

  RerankRequest request() {
    return request;
  }

  Duration deadline() {
    return deadline;
  }

  long begun() {
    return begun;
  }

  CompletableFuture<Reranked> answer() {
    return answer;
  }

  /** Whether somebody still waits for it. */
  boolean awaited() {
    return !answer.isDone();
  }

  /** A call is made for some of its texts. */
  void call() {
    called = true;
  }

  /** Whether the server was asked for any of it. */
  boolean called() {
    return called;
  }

  /** Keeps the scores of neighbouring texts. */
  void score(int from, float[] some, int pairTokens) {
    boolean last;
    synchronized (this) {
      System.arraycopy(some, 0, scores, from, some.length);
      tokens += pairTokens;
      open -= some.length;
      last = open == 0;
    }
    if (last) {
      done();
    }
  }

  /** One text, alone in its call, was refused: its score is the lowest, unless all were. */
  void refuse(Problem reason, OptionalInt refusal) {
    boolean last;
    boolean all;
    synchronized (this) {
      refused++;
      open--;
      last = open == 0;
      all = refused == scores.length;
    }
    if (all) {
      fail(reason, refusal);
    } else if (last) {
      done();
    }
  }

  /** Those who wait go on in this thread if there is no other: they must not meet our lock. */
  private void done() {
    List<Float> all = scale.probabilities(scores);
    answer.complete(Reranked.done(all, modelId, tokens()));
  }

  /**
   * A call has failed, and so there will be no scores.
   *
   * @param refusal the status that the server refused it with; empty when it did not
   */
  void fail(Problem reason, OptionalInt refusal) {
    synchronized (this) {
      status = awaited() ? refusal : status;
    }
    // A call has as long as its caller: whichever clock is first, the answer is the same.
    end(
        reason.kind() == ProblemKind.TIMEOUT
            ? tooSlow()
            : Reranked.not(Obstacle.of(reason), reason.getMessage()));
  }

  /** The answer when the deadline has passed. */
  Reranked tooSlow() {
    return Reranked.not(
        Obstacle.TOO_SLOW,
        "no scores within "
            + deadline.toMillis()
            + " ms ("
            + (request.patient() ? "rerank.api-deadline-millis" : "rerank.deadline-millis")
            + ")");
  }

  /** The answer is known, unless there was one before. */
  void end(Reranked how) {
    answer.complete(how);
  }

  /** Counts a refused call, and tells whether its texts may be asked for again. */
  synchronized boolean mayHalve() {
    return ++refusals <= MOST_REFUSALS;
  }

  /** The status that the server refused with; empty when it did not. */
  synchronized OptionalInt status() {
    return status;
  }

  /** Whether the server has scored anything of it. */
  synchronized boolean anyScored() {
    return open + refused < scores.length;
  }

  /** Texts that the server refused. */
  synchronized int refused() {
    return refused;
  }

  private synchronized int tokens() {
    return tokens;
  }
}
