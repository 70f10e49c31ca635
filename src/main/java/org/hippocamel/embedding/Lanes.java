package org.hippocamel.embedding;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * How many calls each lane may have in flight now. TEI serves what it has taken in the order it
 * came: whatever bulk work has in flight there stands before a query. So the ingest lane keeps
 * fewer calls in flight while somebody waits in the query lane, enough that the device never idles.
 * Thread-safe.
 */
public final class Lanes {
  /** Queries that come more often than this count as going on all the time. */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CurrentLimits limits;
  private final LongSupplier nanoTime;
  private final Map<Lane, IntConsumer> followers = new EnumMap<>(Lane.class);
  private final Map<Lane, Integer> told = new ConcurrentHashMap<>();
  private volatile long lastQuery;

  /**
   * @param nanoTime a clock as {@link System#nanoTime}
   */
  public Lanes(CurrentLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.lastQuery = nanoTime.getAsLong() - QUIET_NANOS;
    limits.tell(changed -> tell());
  }

  /** Somebody asks for vectors in this lane. */
  void asked(Lane lane) {
    if (lane == Lane.QUERY) {
      boolean quiet = quiet();
      lastQuery = nanoTime.getAsLong();
      if (quiet) {
        tell();
      }
    }
  }

  private boolean quiet() {
    return nanoTime.getAsLong() - lastQuery >= QUIET_NANOS;
  }

  /** Calls of a lane that may be in flight now, at least 1. */
  public int slots(Lane lane) {
    int slots = now(lane);
    Integer before = told.get(lane);
    if (before != null && before != slots) {
      tell();
    }
    return slots;
  }

  private int now(Lane lane) {
    EmbedLimits current = limits.get();
    return lane == Lane.INGEST && !quiet() ? current.besideQueries() : current.calls(lane);
  }

  /** Tells a lane's number of slots now and whenever it has changed and somebody asks for it. */
  public synchronized void tell(Lane lane, IntConsumer follower) {
    followers.put(lane, follower);
    tell();
  }

  private synchronized void tell() {
    followers.forEach(
        (lane, follower) -> {
          int slots = now(lane);
          if (!Integer.valueOf(slots).equals(told.put(lane, slots))) {
            follower.accept(slots);
          }
        });
  }
}
