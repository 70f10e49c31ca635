package org.hippocamel.config;

import java.time.Duration;

/**
 * {@code spaces.*}.
 *
 * @param patience longest wait of a write for its vector in a space that is not the active one
 */
public record SpaceSettings(Duration patience) {

  static SpaceSettings read(SettingReader in) {
    return new SpaceSettings(in.millis("spaces.patience-millis"));
  }
}
