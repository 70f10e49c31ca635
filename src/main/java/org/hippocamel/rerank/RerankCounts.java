package org.hippocamel.rerank;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** What was reranked since the start. Thread-safe. */
public final class RerankCounts {
  private final LongAdder calls = new LongAdder();
  private final LongAdder texts = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Map<Obstacle, LongAdder> fallbacks = new EnumMap<>(Obstacle.class);
  private volatile LongConsumer follower = nanos -> {};

  public RerankCounts() {
    for (Obstacle obstacle : Obstacle.values()) {
      fallbacks.put(obstacle, new LongAdder());
    }
  }

  void called() {
    calls.increment();
  }

  void scored(int some) {
    texts.add(some);
  }

  /**
   * A request has ended.
   *
   * @param without texts that the reranker refused
   */
  void ended(Reranked how, int without, long nanos) {
    refused.add(without);
    if (how.done()) {
      follower.accept(nanos);
    } else {
      fallbacks.get(how.obstacle()).increment();
    }
  }

  /** Calls of the reranker, refused ones included. */
  public long calls() {
    return calls.sum();
  }

  /** Texts that it scored. */
  public long texts() {
    return texts.sum();
  }

  /** Texts that it refused. */
  public long refused() {
    return refused.sum();
  }

  /** Requests that got no scores. */
  public long fallbacks(Obstacle obstacle) {
    return fallbacks.get(obstacle).sum();
  }

  /** Tells from now on how long each request took that got its scores, in nanoseconds. */
  public void tell(LongConsumer nanos) {
    follower = nanos;
  }
}
