package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.atomic.LongAdder;
import org.hippocamel.memory.MemoryCounts;

/** What was written, as {@code hippocamel_memories_total} by kind, entry and status. */
final class MemoryMeters implements MeterBinder {
  private final MemoryCounts counts;

  MemoryMeters(MemoryCounts counts) {
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counts.tell(
        (counted, now) ->
            FunctionCounter.builder("hippocamel.memories", now, LongAdder::sum)
                .tag("kind", counted.kind().word())
                .tag("entry", counted.entry())
                .tag("status", counted.status().word())
                .description("Memories written, by the route they came in by and what became of it")
                .register(registry));
  }
}
