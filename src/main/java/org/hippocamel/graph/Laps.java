package org.hippocamel.graph;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** How long the stages of one request took, in nanoseconds. For one request. */
public final class Laps {
  private final LongSupplier clock;
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
  private long last;

  Laps(LongSupplier clock) {
    this.clock = clock;
    this.last = clock.getAsLong();
  }

  /** A stage ends; it began when the one before it ended. */
  long end(Stage stage) {
    long now = clock.getAsLong();
    long took = now - last;
    nanos.merge(stage, took, Long::sum);
    last = now;
    return took;
  }

  /** The stages that were made. */
  public Map<Stage, Long> nanos() {
    return Map.copyOf(nanos);
  }
}
