package org.hippocamel.config;

import java.time.Duration;

/**
 * {@code shadow.*}.
 *
 * @param share of searches that are asked of a second space as well, in [0, 1]
 * @param atOnce shadowed searches under way, from 1
 * @param kept how long what they came to is remembered
 */
public record ShadowSettings(double share, int atOnce, Duration kept) {
  static ShadowSettings read(SettingReader in) {
    return new ShadowSettings(
        in.decimal("shadow.share", 0, 1),
        in.integer("shadow.at-once", 1, 64),
        Duration.ofDays(in.integer("shadow.keep-days", 1, 3_650)));
  }
}
