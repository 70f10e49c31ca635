package org.hippocamel.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.hippocamel.config.CaseSettings;

/** Entries, settings and a clock that tests of this package share. */
final class TestLog {
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final Prior PRIOR = new Prior(1, 1);
  static final Decay NEVER = new Decay(Duration.ZERO);

  private TestLog() {}

  static CaseSettings settings() {
    return settings("value", 0);
  }

  static CaseSettings settings(String ranking, double holdout) {
    return new CaseSettings(
        new CaseSettings.Value(1, 1, Duration.ofDays(90)),
        new CaseSettings.Search(ranking, 1.5, 60, 3, 0.97, holdout, Duration.ofDays(90), 1500),
        new CaseSettings.Guard("writer", 2, 4, 0.25, true, Optional.empty()));
  }

  static LogEntry verdict(String id, boolean success) {
    return verdict(id, success, success ? 1 : 0, NOW);
  }

  static LogEntry verdict(String id, boolean success, double reward, Instant at) {
    return new LogEntry(
        "acme:" + id,
        "acme:c",
        Part.VERDICT,
        success,
        reward,
        1,
        null,
        null,
        null,
        at,
        null,
        null,
        null);
  }

  static LogEntry credit(String id, double reward, double weight) {
    return credit(id, reward, weight, null);
  }

  static LogEntry credit(String id, double reward, double weight, Place place) {
    return entry(id, Part.CREDIT, reward, weight, place);
  }

  static LogEntry warning(String id, double reward, double weight) {
    return entry(id, Part.WARNING, reward, weight, null);
  }

  private static LogEntry entry(String id, Part part, double reward, double weight, Place place) {
    return new LogEntry(
        "acme:" + id,
        "acme:c",
        part,
        null,
        reward,
        weight,
        null,
        null,
        "run-" + id,
        NOW,
        null,
        null,
        place);
  }

  /** In the place of another, with another reward. */
  static LogEntry correction(String id, LogEntry wrong, boolean success) {
    return new LogEntry(
        "acme:" + id,
        wrong.caseKey(),
        wrong.part(),
        success,
        success ? 1 : 0,
        1,
        null,
        null,
        null,
        NOW,
        wrong.id(),
        null,
        null);
  }
}
