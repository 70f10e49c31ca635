package org.hippocamel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Readiness;
import org.hippocamel.spaces.Space;

/** Whether requests are answered, whether the store is there, and which space is in use. */
final class ReadyMeters implements MeterBinder {
  private final Readiness readiness;
  private final StoreWatch store;
  private final ActiveSpace space;

  ReadyMeters(Readiness readiness, StoreWatch store, ActiveSpace space) {
    this.readiness = readiness;
    this.store = store;
    this.space = space;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("hippocamel.ready", readiness, now -> now.ready() ? 1 : 0)
        .description("1 while requests are answered, as the health check says")
        .register(registry);
    Gauge.builder("hippocamel.store.up", store, now -> now.trouble().isEmpty() ? 1 : 0)
        .description("1 while the store has a server that takes writes")
        .register(registry);
    MultiGauge spaces =
        MultiGauge.builder("hippocamel.space.memories")
            .description("Memories when the space was last calibrated, by space and model")
            .register(registry);
    space.tell(active -> spaces.register(List.of(row(active)), true));
  }

  private MultiGauge.Row<?> row(Space active) {
    return MultiGauge.Row.of(
        Tags.of("space", active.id(), "model", active.modelId()),
        space,
        now -> now.calibration().memories());
  }
}
