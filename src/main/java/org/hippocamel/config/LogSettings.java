package org.hippocamel.config;

import java.util.List;

/**
 * What is logged, and how ({@code log.*}).
 *
 * @param level of our own classes
 * @param json one JSON object a line instead of text
 */
public record LogSettings(String level, boolean json) {
  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG");

  static LogSettings read(SettingReader in) {
    return new LogSettings(
        in.choice("log.level", LEVELS),
        in.choice("log.format", List.of("text", "json")).equals("json"));
  }
}
