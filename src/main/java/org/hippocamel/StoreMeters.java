package org.hippocamel;

import com.mongodb.event.CommandFailedEvent;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandSucceededEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How long the store takes for its answers, as {@code hippocamel_store_command_seconds} by command
 * and outcome: heard by the driver, so that no route has to measure.
 */
final class StoreMeters implements CommandListener {
  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  StoreMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    record(event.getCommandName(), "answered", event.getElapsedTime(TimeUnit.NANOSECONDS));
  }

  @Override
  public void commandFailed(CommandFailedEvent event) {
    record(event.getCommandName(), "failed", event.getElapsedTime(TimeUnit.NANOSECONDS));
  }

  private void record(String command, String outcome, long nanos) {
    timers
        .computeIfAbsent(command + " " + outcome, key -> timer(command, outcome))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String command, String outcome) {
    return Timer.builder("hippocamel.store.command")
        .tag("command", command)
        .tag("outcome", outcome)
        .description("Time of a command at the store, as the driver meets it")
        .serviceLevelObjectives(Buckets.LATENCY)
        .register(registry);
  }
}
