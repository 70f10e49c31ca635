package org.hippocamel.config;

import java.time.Duration;

/**
 * How it is watched: what the alerts compare with, and traces ({@code watch.*}, {@code tracing.*}).
 *
 * @param queryTarget what 99 of 100 searches are to stay below
 * @param inboxLimit how long a file may lie in the inbox
 * @param tracing whether routes and batches are spans of OpenTelemetry
 */
public record WatchSettings(Duration queryTarget, Duration inboxLimit, boolean tracing) {

  static WatchSettings read(SettingReader in) {
    return new WatchSettings(
        in.millis("watch.query-p99-millis"),
        Duration.ofSeconds(in.integer("watch.inbox-seconds", 1, 31_536_000)),
        in.flag("tracing.enabled"));
  }
}
