package org.hippocamel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToDoubleFunction;
import org.hippocamel.api.ShadowReplies;
import org.hippocamel.config.ShadowSettings;
import org.hippocamel.shadow.ShadowCounts;
import org.hippocamel.shadow.ShadowLog;
import org.hippocamel.shadow.Shadowing;
import org.hippocamel.spaces.ActiveSpace;

/** The beans of shadowed searches, and the counter {@code hippocamel_shadow_searches_total}. */
final class ShadowBeans {
  private ShadowBeans() {}

  static void bind(
      NamedBeans beans,
      ShadowSettings settings,
      ActiveSpace space,
      Clock clock,
      MeterRegistry registry) {
    ShadowCounts counts = new ShadowCounts();
    beans.put(
        "shadowing",
        new Shadowing(
            space,
            settings,
            counts,
            () -> ThreadLocalRandom.current().nextDouble(),
            System::nanoTime));
    beans.put("shadowLog", new ShadowLog(settings.kept(), clock));
    beans.put("shadowReplies", new ShadowReplies());
    beans.put(
        "shadowSearches",
        Executors.newFixedThreadPool(settings.atOnce(), Beans.threads("shadow-search")));
    count(registry, counts, "compared", ShadowCounts::comparedTotal);
    count(registry, counts, "failed", ShadowCounts::failedTotal);
    count(registry, counts, "left-out", ShadowCounts::leftTotal);
  }

  private static void count(
      MeterRegistry registry,
      ShadowCounts counts,
      String outcome,
      ToDoubleFunction<ShadowCounts> total) {
    FunctionCounter.builder("hippocamel.shadow.searches", counts, total)
        .tag("outcome", outcome)
        .description("Searches of the wanted share, and whether a second space answered them too")
        .register(registry);
  }
}
