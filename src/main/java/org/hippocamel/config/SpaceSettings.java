package org.hippocamel.config;

import java.time.Duration;

/**
 * {@code spaces.*}.
 *
 * @param watch time between two looks at which spaces there are
 * @param patience longest wait of a write for its vector in a space that is not the active one
 */
public record SpaceSettings(Duration watch, Duration patience) {

  static SpaceSettings read(SettingReader in) {
    return new SpaceSettings(in.millis("spaces.watch-millis"), in.millis("spaces.patience-millis"));
  }
}
