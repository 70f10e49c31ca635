package org.hippocamel.recall;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How often each stage of a search ran since the start, and how long. Thread-safe. */
public final class RecallCounts {
  private final Map<Stage, Map<Mode, LongAdder>> runs = adders();
  private final Map<Stage, Map<Mode, LongAdder>> nanos = adders();
  private final LongAdder degraded = new LongAdder();

  /** What is timed, and the route that does it. */
  public enum Stage {
    EMBED("recall-embed"),
    VECTOR("recall-vectors"),
    LEXICAL("recall-words"),
    COMPLETE("recall-complete"),
    FUSE("recall-fuse"),
    ROWS("recall-rows");

    private final String route;

    Stage(String route) {
      this.route = route;
    }

    /** The metric label: {@code embed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Stage> of(String route) {
      return Stream.of(values()).filter(stage -> stage.route.equals(route)).findFirst();
    }
  }

  private static Map<Stage, Map<Mode, LongAdder>> adders() {
    Map<Stage, Map<Mode, LongAdder>> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      Map<Mode, LongAdder> own = new EnumMap<>(Mode.class);
      for (Mode mode : Mode.values()) {
        own.put(mode, new LongAdder());
      }
      all.put(stage, own);
    }
    return all;
  }

  void ran(Stage stage, Mode mode, long took) {
    runs.get(stage).get(mode).increment();
    nanos.get(stage).get(mode).add(took);
  }

  void degraded() {
    degraded.increment();
  }

  public long runs(Stage stage, Mode mode) {
    return runs.get(stage).get(mode).sum();
  }

  /** Time that all runs took together, nanoseconds. */
  public long nanos(Stage stage, Mode mode) {
    return nanos.get(stage).get(mode).sum();
  }

  /** Hybrid searches that words alone answered, as the embedder was away. */
  public long degradedSearches() {
    return degraded.sum();
  }
}
