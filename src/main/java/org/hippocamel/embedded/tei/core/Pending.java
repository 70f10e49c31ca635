package org.hippocamel.embedded.tei.core;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A call on its way: collects the results of its inputs, gives a permit back with each of them, and
 * answers when the last one is there or the first one failed.
 */
final class Pending {
  final InferCall call;
  final CompletableFuture<InferResponse> answer;
  final LongAdder tokenizationNanos = new LongAdder();
  final LongAdder queueNanos = new LongAdder();
  final LongAdder inferenceNanos = new LongAdder();
  final LongAdder tokens = new LongAdder();
  private final Semaphore permits;
  private final float[][][] results;
  private final AtomicInteger missing;

  /**
   * @param permits one is held for every input
   * @param answer cancelled by the caller who no longer waits
   */
  Pending(InferCall call, CompletableFuture<InferResponse> answer, Semaphore permits) {
    this.call = call;
    this.answer = answer;
    this.permits = permits;
    this.results = new float[call.inputs().size()][][];
    this.missing = new AtomicInteger(results.length);
  }

  /** Nobody waits for this any more: the client has gone or another input failed. */
  boolean isOver() {
    return answer.isDone();
  }

  void arrived(int index, float[][] result) {
    results[index] = result;
    permits.release();
    if (missing.decrementAndGet() == 0) {
      int n = results.length;
      answer.complete(
          new InferResponse(
              Arrays.asList(results),
              tokens.intValue(),
              tokenizationNanos.sum() / n,
              queueNanos.sum() / n,
              inferenceNanos.sum() / n));
    }
  }

  /** One input will not get a result; its permit is free again. */
  void dropped() {
    permits.release();
  }

  void failed(TeiException reason) {
    permits.release();
    answer.completeExceptionally(reason);
  }

  /** Fails before any input was queued. */
  void refused(TeiException reason) {
    permits.release(results.length);
    answer.completeExceptionally(reason);
  }
}
