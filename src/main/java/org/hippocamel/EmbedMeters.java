package org.hippocamel;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Lane;
import org.hippocamel.embedding.Waiting;

/**
 * What was embedded, who waits for it, and how full the calls are: {@code hippocamel_embed_...} by
 * lane. Of two models the calls are those of the active one, everything else is of both. The
 * registry reads the counts when it is scraped, so that they cost the lanes nothing.
 */
final class EmbedMeters implements MeterBinder {
  private final EmbedCounts counts;
  private final Waiting waiting;
  private final Embedders embedders;

  EmbedMeters(EmbedCounts counts, Waiting waiting, Embedders embedders) {
    this.counts = counts;
    this.waiting = waiting;
    this.embedders = embedders;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Lane lane : Lane.values()) {
      for (Count count : Count.values()) {
        FunctionCounter.builder(
                "hippocamel.embed." + count.word(), counts, now -> now.get(lane, count))
            .tags(tags(lane))
            .description(description(count))
            .register(registry);
      }
    }
    batches(registry);
    waits(registry);
    calls(registry);
  }

  private static Tags tags(Lane lane) {
    return Tags.of("lane", lane.word());
  }

  private static String description(Count count) {
    return switch (count) {
      case TEXTS -> "Texts sent to the embedder, each once";
      case TOKENS -> "Tokens of the texts that have vectors, as the embedder counts them";
      case TRUNCATED -> "Texts that were cut, because the model reads less";
      case REFUSED -> "Texts that got no vector";
      case UNCOUNTED -> "Texts of which nobody could say whether they were cut";
      case CACHED -> "Texts whose vectors were in the cache";
      case PADDED_TOKENS -> "Tokens if each text of a call were as long as its longest (estimated)";
    };
  }

  private void batches(MeterRegistry registry) {
    Map<Lane, DistributionSummary> texts =
        each(
            lane ->
                DistributionSummary.builder("hippocamel.embed.batch.texts")
                    .tags(tags(lane))
                    .description("Texts of a batch that callers share")
                    .serviceLevelObjectives(Buckets.TEXTS)
                    .register(registry));
    Map<Lane, DistributionSummary> tokens =
        each(
            lane ->
                DistributionSummary.builder("hippocamel.embed.batch.tokens")
                    .tags(tags(lane))
                    .description("Tokens of such a batch, as the embedder counts them")
                    .serviceLevelObjectives(Buckets.TOKENS)
                    .register(registry));
    counts.tell(
        (lane, some, counted) -> {
          texts.get(lane).record(some);
          tokens.get(lane).record(counted);
        });
  }

  private void waits(MeterRegistry registry) {
    Map<Lane, Timer> timers =
        each(
            lane ->
                Timer.builder("hippocamel.embed.wait")
                    .tags(tags(lane))
                    .description("Time a caller waited for vectors that the cache did not have")
                    .serviceLevelObjectives(Buckets.LATENCY)
                    .register(registry));
    waiting.tell((lane, nanos) -> timers.get(lane).record(nanos, TimeUnit.NANOSECONDS));
    gauge(registry, "waiting.texts", "Texts that callers wait for now", waiting::texts);
    gauge(
        registry,
        "oldest.wait.seconds",
        "How long the caller who came first has waited",
        lane -> waiting.oldestNanos(lane) / 1e9);
  }

  private void calls(MeterRegistry registry) {
    gauge(
        registry,
        "calls.in.flight",
        "Batches that have left and not returned",
        lane -> embedders.activeOrFirst().flow(lane).inFlight());
    gauge(
        registry,
        "calls.limit",
        "Batches that may be under way at once now",
        lane -> embedders.activeOrFirst().lanes().slots(lane));
  }

  private static void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Lane> value) {
    for (Lane lane : Lane.values()) {
      Gauge.builder("hippocamel.embed." + name, lane, value)
          .tags(tags(lane))
          .description(description)
          .register(registry);
    }
  }

  private static <M> Map<Lane, M> each(Function<Lane, M> meter) {
    Map<Lane, M> meters = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      meters.put(lane, meter.apply(lane));
    }
    return meters;
  }
}
