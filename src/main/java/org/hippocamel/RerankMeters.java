package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.hippocamel.rerank.Obstacle;
import org.hippocamel.rerank.RerankCounts;

/**
 * What was reranked, as counters {@code hippocamel_rerank_..._total}, why it was not, and the
 * histogram {@code hippocamel_rerank_seconds} of what it took.
 */
final class RerankMeters implements MeterBinder {
  private static final Duration[] BUCKETS =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final RerankCounts counts;

  RerankMeters(RerankCounts counts) {
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("hippocamel.rerank.calls", counts, RerankCounts::calls)
        .description("Calls of the reranker, refused ones included")
        .register(registry);
    FunctionCounter.builder("hippocamel.rerank.texts", counts, RerankCounts::texts)
        .description("Texts that the reranker scored")
        .register(registry);
    FunctionCounter.builder("hippocamel.rerank.refused", counts, RerankCounts::refused)
        .description("Texts that the reranker refused")
        .register(registry);
    for (Obstacle obstacle : Obstacle.values()) {
      FunctionCounter.builder("hippocamel.rerank.fallbacks", counts, now -> now.fallbacks(obstacle))
          .tag("reason", obstacle.label())
          .description("Requests that got no scores")
          .register(registry);
    }
    Timer took =
        Timer.builder("hippocamel.rerank")
            .description("Time of requests that got their scores, waiting included")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    counts.tell(nanos -> took.record(nanos, TimeUnit.NANOSECONDS));
  }
}
