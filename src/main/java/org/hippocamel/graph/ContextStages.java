package org.hippocamel.graph;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Times the stages of every context since the start. Thread-safe. */
public final class ContextStages {
  private final LongSupplier clock;
  private final Map<Stage, LongAdder> counts = new EnumMap<>(Stage.class);
  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

  /**
   * @param clock nanoseconds, monotonic
   */
  public ContextStages(LongSupplier clock) {
    this.clock = clock;
    for (Stage stage : Stage.values()) {
      counts.put(stage, new LongAdder());
      nanos.put(stage, new LongAdder());
    }
  }

  /** A request begins. */
  public Laps begin() {
    return new Laps(clock);
  }

  /** A stage of a request ends. */
  public void end(Laps laps, Stage stage) {
    counts.get(stage).increment();
    nanos.get(stage).add(laps.end(stage));
  }

  public long count(Stage stage) {
    return counts.get(stage).sum();
  }

  /** Time spent in a stage by all requests together. */
  public long nanos(Stage stage) {
    return nanos.get(stage).sum();
  }
}
