package org.hippocamel.reembed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ReembedCronTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-31T02:59:00Z"));
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now.get();
        }
      };

  @Test
  void due_onceForEachTime() {
    ReembedCron nightly = cron(Optional.of(parsed("0 3 * * *")));
    assertFalse(nightly.due());
    now.set(Instant.parse("2026-01-31T03:00:10Z"));
    assertTrue(nightly.due());
    assertFalse(nightly.due());
    now.set(Instant.parse("2026-02-01T03:00:00Z"));
    assertTrue(nightly.due());
  }

  @Test
  void due_neverWithoutACrontab() {
    ReembedCron never = cron(Optional.empty());
    now.set(Instant.parse("2036-01-31T03:00:10Z"));
    assertFalse(never.due());
  }

  @Test
  void stale_isWhatIsMissingAndNobodyIsAt_andTheJobIsOneForAllProcesses() {
    ReembedCron nightly = cron(Optional.of(parsed("0 3 * * *")));
    assertTrue(nightly.stale(1, List.of(new Document("state", "done"))));
    assertFalse(nightly.stale(0, List.of()));
    assertFalse(nightly.stale(1, List.of(new Document("state", "paused"))));
    assertEquals("reembed-cron-2026-01-31T0259", nightly.job(TestMigrations.OLD).id());
    assertEquals("m-3", nightly.job(TestMigrations.OLD).parameters().get("space"));
  }

  private ReembedCron cron(Optional<Cron> times) {
    return new ReembedCron(times, null, "default", clock);
  }

  private static Cron parsed(String expression) {
    return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX))
        .parse(expression);
  }
}
