package org.hippocamel.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads typed values out of the resolved properties and collects everything that is wrong. */
final class SettingReader {
  private final Map<String, String> values;
  private final List<String> faults = new ArrayList<>();

  SettingReader(Map<String, String> values) {
    this.values = values;
  }

  /** The value as it stands, blanks at its ends included, or "" when the key is missing. */
  String raw(String key) {
    String value = values.get(key);
    if (value == null) {
      refuse(key, "is missing");
      return "";
    }
    return value;
  }

  String text(String key) {
    String value = raw(key).strip();
    if (value.isEmpty() && values.containsKey(key)) {
      refuse(key, "must not be empty");
    }
    return value;
  }

  /** Empty for {@code none} or nothing. */
  Optional<String> optional(String key) {
    String value = raw(key).strip();
    return value.isEmpty() || value.equals("none") ? Optional.empty() : Optional.of(value);
  }

  List<String> list(String key) {
    return Arrays.stream(raw(key).split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  int integer(String key, int min, int max) {
    try {
      int value = Integer.parseInt(raw(key).strip());
      if (value < min || value > max) {
        refuse(key, value + " is not in " + min + " to " + max);
      }
      return value;
    } catch (NumberFormatException e) {
      refuse(key, "\"" + values.get(key) + "\" is not a whole number");
      return min;
    }
  }

  double decimal(String key, double min, double max) {
    try {
      double value = Double.parseDouble(raw(key).strip());
      if (!(value >= min && value <= max)) {
        refuse(key, value + " is not in " + min + " to " + max);
      }
      return value;
    } catch (NumberFormatException e) {
      refuse(key, "\"" + values.get(key) + "\" is not a number");
      return min;
    }
  }

  String choice(String key, List<String> words) {
    String value = text(key);
    if (!words.contains(value)) {
      refuse(key, "\"" + value + "\" is not one of " + String.join(", ", words));
    }
    return value;
  }

  boolean flag(String key) {
    String value = raw(key).strip();
    if (!value.equals("true") && !value.equals("false")) {
      refuse(key, "\"" + value + "\" is neither true nor false");
    }
    return value.equals("true");
  }

  Duration millis(String key) {
    return Duration.ofMillis(integer(key, 1, 86_400_000));
  }

  Limits limits() {
    return new Limits(
        integer("limits.max-text-chars", 1, 1_000_000),
        integer("limits.max-document-chars", 1, 50_000_000),
        integer("limits.max-items", 1, 100_000),
        integer("limits.max-inputs", 1, 100_000),
        integer("limits.min-dimensions", 0, 100_000),
        integer("limits.max-metadata-fields", 0, 1_000),
        integer("limits.max-metadata-chars", 1, 100_000),
        integer("limits.max-id-chars", 8, 500),
        integer("limits.max-query-chars", 1, 100_000),
        integer("limits.max-limit", 1, 1_000),
        integer("limits.max-filter-depth", 1, 32),
        integer("limits.max-filter-clauses", 1, 10_000));
  }

  void refuse(String key, String what) {
    if (faults.stream().noneMatch(fault -> fault.startsWith(key + " "))) {
      faults.add(key + " " + what);
    }
  }

  void finish() {
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "Settings are wrong:\n  "
              + String.join("\n  ", faults)
              + "\nEvery key is explained in application.properties.");
    }
  }
}
