package org.hippocamel.embedding;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The callers who wait for vectors now, by lane: for how many texts, and since when. Thread-safe.
 */
public final class Waiting {
  private final LongSupplier nanoTime;
  private final Map<Lane, AtomicInteger> texts = new EnumMap<>(Lane.class);
  private final Map<Lane, Map<Asked, Long>> since = new EnumMap<>(Lane.class);
  private volatile Follower follower = (lane, nanos) -> {};

  /** Hears how long a caller has waited, with or without success. */
  public interface Follower {
    void waited(Lane lane, long nanos);
  }

  Waiting(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    for (Lane lane : Lane.values()) {
      texts.put(lane, new AtomicInteger());
      since.put(lane, new ConcurrentHashMap<>());
    }
  }

  /**
   * Begins a caller's wait, unless its lane would hold too many texts then; one caller alone may
   * bring more than that.
   *
   * @return how many waited before it, or -1 when it was let in
   */
  int enter(Asked asked, int most) {
    AtomicInteger waiting = texts.get(asked.lane());
    int before = waiting.getAndAdd(asked.waiting());
    if (before > 0 && before + asked.waiting() > most) {
      waiting.addAndGet(-asked.waiting());
      return before;
    }
    if (asked.waiting() > 0) {
      since.get(asked.lane()).put(asked, nanoTime.getAsLong());
    }
    return -1;
  }

  /** Ends it, however it went. */
  void leave(Asked asked) {
    texts.get(asked.lane()).addAndGet(-asked.waiting());
    Long began = since.get(asked.lane()).remove(asked);
    if (began != null) {
      follower.waited(asked.lane(), nanoTime.getAsLong() - began);
    }
  }

  /** From now on this one hears of every wait that ends. */
  public void tell(Follower hearing) {
    follower = hearing;
  }

  /** Texts that a lane's callers wait for. */
  public int texts(Lane lane) {
    return texts.get(lane).get();
  }

  /** How long the caller has waited who came first; 0 when nobody waits. */
  public long oldestNanos(Lane lane) {
    Collection<Long> all = since.get(lane).values();
    long now = nanoTime.getAsLong();
    return all.stream().mapToLong(began -> now - began).max().orElse(0);
  }
}
