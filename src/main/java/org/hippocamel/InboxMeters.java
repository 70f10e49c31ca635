package org.hippocamel;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hippocamel.ingest.InboxFile;

/**
 * What lies in the inbox, looked at when somebody scrapes: {@code hippocamel_inbox_...}. A file's
 * age counts from when it was first seen there, for its own time may be that of another machine.
 * Files that nobody takes, for their names, grow old too: somebody wants to know that.
 */
final class InboxMeters implements MeterBinder {
  private final Path inbox;
  private final Clock clock;
  private final Map<Path, Instant> seen = new HashMap<>();

  InboxMeters(Path inbox, Clock clock) {
    this.inbox = inbox;
    this.clock = clock;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("hippocamel.inbox.files", () -> waiting().size())
        .description("Files that lie in the inbox")
        .register(registry);
    Gauge.builder("hippocamel.inbox.oldest.seconds", this::oldestSeconds)
        .description("How long the oldest of them was seen there")
        .register(registry);
    Gauge.builder("hippocamel.inbox.failed.files", this::failed)
        .description("Files in failed/, of which something could not be stored")
        .register(registry);
  }

  private Set<Path> waiting() {
    return list(inbox, file -> !file.startsWith("."));
  }

  private synchronized double oldestSeconds() {
    Set<Path> files = waiting();
    seen.keySet().retainAll(files);
    Instant now = clock.instant();
    files.forEach(file -> seen.putIfAbsent(file, now));
    return seen.values().stream()
        .mapToDouble(since -> Duration.between(since, now).toMillis() / 1e3)
        .max()
        .orElse(0);
  }

  private double failed() {
    return list(inbox.resolve(InboxFile.FAILED), file -> file.endsWith(InboxFile.errorName("")))
        .size();
  }

  private static Set<Path> list(Path folder, java.util.function.Predicate<String> name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.test(file.getFileName().toString()) && Files.isRegularFile(file))
          .collect(Collectors.toSet());
    } catch (IOException notThereYet) {
      return Set.of();
    }
  }
}
