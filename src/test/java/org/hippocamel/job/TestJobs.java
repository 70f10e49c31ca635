package org.hippocamel.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.bson.Document;
import org.hippocamel.config.JobSettings;

/** Jobs for tests, and a clock that is moved by hand. */
final class TestJobs {
  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  static final JobSettings SETTINGS =
      new JobSettings(
          Duration.ofSeconds(30),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          5,
          Duration.ofMinutes(10),
          Duration.ofDays(30),
          2,
          Duration.ofMinutes(10));

  private TestJobs() {}

  /** A row as it is when a process has taken it. */
  static Document taken(JobKind kind) {
    return new Document("_id", "acme:7")
        .append("tenant", "acme")
        .append("kind", kind.word())
        .append("state", "queued")
        .append("attempts", 1)
        .append("parameters", new Document("file", "a.md"))
        .append("updated_at", Date.from(NOON))
        .append("lease", new Document("name", "hal:8080").append("owner", "life-1"));
  }

  static JobRun run(JobKind kind) {
    return new JobRun(taken(kind), NOON, SETTINGS.lease(), new JobCounts());
  }

  /** Stands still until it is moved. */
  static final class HandClock extends Clock {
    private Instant now = NOON;

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
