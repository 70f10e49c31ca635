package org.hippocamel.memory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/**
 * What was written since the start: what kind, by which entry, and what became of it. Thread-safe.
 */
public final class MemoryCounts {
  private static final String UNKNOWN = "none";

  private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();
  private volatile BiConsumer<Counted, LongAdder> follower = (counted, now) -> {};

  /**
   * What is counted together.
   *
   * @param entry id of the route that the memory came in by: {@code post-interactions}
   */
  public record Counted(Kind kind, String entry, Remembered.Status status) {}

  /**
   * Counts a request that was answered, each draft once.
   *
   * @param entry id of the route that it came in by
   */
  public void count(Writes writes, String entry) {
    String from = entry == null || entry.isEmpty() ? UNKNOWN : entry;
    for (String key : writes.keys()) {
      Write write = writes.rows().get(key);
      add(new Counted(write.draft().kind(), from, write.item().status()));
    }
  }

  private void add(Counted counted) {
    counts.computeIfAbsent(counted, this::begun).increment();
  }

  private LongAdder begun(Counted counted) {
    LongAdder count = new LongAdder();
    follower.accept(counted, count);
    return count;
  }

  /** From now on this one hears of everything that is counted for the first time. */
  public void tell(BiConsumer<Counted, LongAdder> hearing) {
    follower = hearing;
  }
}
