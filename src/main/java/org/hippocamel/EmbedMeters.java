package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.embedding.Lane;

/**
 * What was embedded, as counters {@code hippocamel_embed_..._total} by lane. The registry reads the
 * counts when it is scraped, so that they cost the lanes nothing.
 */
final class EmbedMeters implements MeterBinder {
  private final EmbedCounts counts;

  EmbedMeters(EmbedCounts counts) {
    this.counts = counts;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Lane lane : Lane.values()) {
      for (Count count : Count.values()) {
        FunctionCounter.builder(
                "hippocamel.embed." + count.word(), counts, now -> now.get(lane, count))
            .tag("lane", lane.word())
            .description(description(count))
            .register(registry);
      }
    }
  }

  private static String description(Count count) {
    return switch (count) {
      case TEXTS -> "Texts sent to the embedder, each once";
      case TOKENS -> "Tokens of the texts that have vectors, as the embedder counts them";
      case TRUNCATED -> "Texts that were cut, because the model reads less";
      case REFUSED -> "Texts that got no vector";
      case UNCOUNTED -> "Texts of which nobody could say whether they were cut";
    };
  }
}
