package org.hippocamel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.hippocamel.config.CostSettings;
import org.hippocamel.config.Settings;

/**
 * Settings that dashboards and alerts compare with, so that those name no number of their own:
 * {@code hippocamel_watch_...} and {@code hippocamel_cost_...}.
 */
final class WatchMeters implements MeterBinder {
  private final Settings settings;

  WatchMeters(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(
        registry,
        "watch.query.p99.seconds",
        settings.watch().queryTarget().toMillis() / 1e3,
        "What 99 of 100 searches are to stay below (watch.query-p99-millis)");
    gauge(
        registry,
        "watch.inbox.seconds",
        settings.watch().inboxLimit().toSeconds(),
        "How long a file may lie in the inbox (watch.inbox-seconds)");
    CostSettings cost = settings.cost();
    gauge(
        registry,
        "cost.api.dollars.per.million.tokens",
        cost.apiDollarsPerMillionTokens(),
        "Price of the paid API that this replaces");
    gauge(
        registry,
        "cost.hardware.dollars.per.month",
        cost.hardwareDollarsPerMonth(),
        "Share of the hardware that is charged to embedding");
    gauge(
        registry,
        "cost.embedder.watts",
        cost.embedderWatts(),
        "What the device draws while it embeds");
    gauge(
        registry,
        "cost.dollars.per.kilowatt.hour",
        cost.dollarsPerKilowattHour(),
        "Price of its energy");
  }

  private static void gauge(MeterRegistry registry, String name, double value, String description) {
    Gauge.builder("hippocamel." + name, () -> value).description(description).register(registry);
  }
}
