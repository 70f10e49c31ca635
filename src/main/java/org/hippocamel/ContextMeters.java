package org.hippocamel;

import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import org.hippocamel.graph.ContextStages;
import org.hippocamel.graph.Stage;

/** What the stages of contexts cost, as {@code hippocamel_context_stage_seconds} by stage. */
final class ContextMeters implements MeterBinder {
  private final ContextStages stages;

  ContextMeters(ContextStages stages) {
    this.stages = stages;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Stage stage : Stage.values()) {
      FunctionTimer.builder(
              "hippocamel.context.stage",
              stages,
              now -> now.count(stage),
              now -> now.nanos(stage),
              TimeUnit.NANOSECONDS)
          .tag("stage", stage.word())
          .description("Contexts that went through a stage, and their time in it")
          .register(registry);
    }
  }
}
