package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.RecallCounts;
import org.hippocamel.recall.RecallCounts.Stage;

/**
 * What searches take, as timers {@code hippocamel_recall_stage_seconds} by stage and mode. A search
 * runs stage {@code rows} once and stage {@code fuse} once for each of its rounds.
 */
final class RecallMeters implements MeterBinder {
  private final RecallCounts counts;

  RecallMeters(RecallCounts counts) {
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Stage stage : Stage.values()) {
      for (Mode mode : Mode.values()) {
        FunctionTimer.builder(
                "hippocamel.recall.stage",
                counts,
                now -> now.runs(stage, mode),
                now -> now.nanos(stage, mode),
                TimeUnit.NANOSECONDS)
            .tag("stage", stage.word())
            .tag("mode", mode.word())
            .description("Runs of a stage of searches, and how long they took")
            .register(registry);
      }
    }
    FunctionCounter.builder("hippocamel.recall.degraded", counts, RecallCounts::degradedSearches)
        .description("Hybrid searches that words alone answered, as the embedder was away")
        .register(registry);
  }
}
