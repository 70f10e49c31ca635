package org.hippocamel;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.hippocamel.api.StatsReplies;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.memory.MemoryTally;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.usage.Cost;
import org.hippocamel.usage.UsageLedger;

/** The beans that tell what was embedded and what it costs. */
final class UsageBeans {
  private final Settings settings;
  private final ActiveSpace space;
  private final Clock clock;

  UsageBeans(Settings settings, ActiveSpace space, Clock clock) {
    this.settings = settings;
    this.space = space;
    this.clock = clock;
  }

  void bind(NamedBeans beans, EmbedCounts counts, Embedders embedders, MeterRegistry registry) {
    new WatchMeters(settings).bindTo(registry);
    new InboxMeters(settings.ingest().inbox(), clock).bindTo(registry);
    beans.put("usageLedger", new UsageLedger(counts, () -> embedders.busyNanos() / 1e9, clock));
    beans.put("memoryTally", new MemoryTally());
    beans.put("statsReplies", new StatsReplies(space, new Cost(settings.cost()), clock));
  }
}
