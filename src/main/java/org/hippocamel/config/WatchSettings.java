package org.hippocamel.config;

import java.time.Duration;

/**
 * What the alerts compare with ({@code watch.*}).
 *
 * @param queryTarget what 99 of 100 searches are to stay below
 * @param inboxLimit how long a file may lie in the inbox
 */
public record WatchSettings(Duration queryTarget, Duration inboxLimit) {

  static WatchSettings read(SettingReader in) {
    return new WatchSettings(
        in.millis("watch.query-p99-millis"),
        Duration.ofSeconds(in.integer("watch.inbox-seconds", 1, 31_536_000)));
  }
}
