package org.hippocamel.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.Embedded;
import org.hippocamel.embedding.Lane;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-11T00:00:00Z");

  private final EmbedCounts counts = new EmbedCounts();
  private double busy;
  private final UsageLedger ledger =
      new UsageLedger(counts, () -> busy, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void growth_isWhatWasEmbeddedSinceItWasRecorded() {
    assertFalse(ledger.growth().any());
    Embedded.count(counts, Lane.QUERY, 10);
    Embedded.count(counts, Lane.INGEST, 30);
    busy = 1.5;
    Usage growth = ledger.growth();
    assertEquals(new Usage(2, 10, 30, 1.5), growth);
    Embedded.count(counts, Lane.QUERY, 5);
    ledger.recorded(growth);
    assertEquals(new Usage(1, 5, 0, 0), ledger.growth());
  }

  @Test
  void increment_addsToTheMonth_andKeepsWhenItBegan() {
    List<Document> update = ledger.increment(new Usage(2, 10, 30, 1.5));
    assertEquals(new Document("_id", "2026-11"), update.get(0));
    assertEquals(
        new Document("texts", 2L)
            .append("query_tokens", 10L)
            .append("ingest_tokens", 30L)
            .append("busy_seconds", 1.5),
        update.get(1).get("$inc"));
    assertEquals(new Document("since", Date.from(NOW)), update.get(1).get("$setOnInsert"));
  }

  @Test
  void report_addsWhatIsNotRecordedYet_andPutsEarlierMonthsBehind() {
    Embedded.count(counts, Lane.QUERY, 7);
    UsageReport report =
        ledger.report(
            List.of(
                row("2026-11", 100, "2026-11-06T00:00:00Z"),
                row("2026-10", 50, "2026-10-01T00:00:00Z")));
    assertEquals(YearMonth.of(2026, 11), report.month().month());
    assertEquals(107, report.month().usage().tokens());
    assertEquals(List.of(50L), report.earlier().stream().map(m -> m.usage().tokens()).toList());
  }

  @Test
  void report_beginsWithNothing_whereTheMonthHasNoRow() {
    UsageReport report = ledger.report(List.of(row("2026-10", 50, "2026-10-01T00:00:00Z")));
    assertEquals(Usage.NONE, report.month().usage());
    assertEquals(1, report.earlier().size());
    assertEquals(Duration.ofMinutes(1), report.month().measured(NOW));
  }

  @Test
  void projected_goesOnAsInTheMeasuredTime() {
    UsageMonth month =
        new UsageMonth(
            YearMonth.of(2026, 11),
            new Usage(10, 100, 0, 60),
            Instant.parse("2026-11-01T00:00:00Z"));
    assertEquals(Duration.ofDays(10), month.measured(NOW));
    assertEquals(new Usage(30, 300, 0, 180), month.projected(NOW));
    UsageMonth past =
        new UsageMonth(
            YearMonth.of(2026, 10), month.usage(), Instant.parse("2026-10-01T00:00:00Z"));
    assertEquals(month.usage(), past.projected(NOW), "a month that is over is what it was");
  }

  private static Document row(String month, long tokens, String since) {
    return new Usage(1, tokens, 0, 0)
        .toDocument()
        .append("_id", month)
        .append("since", Date.from(Instant.parse(since)));
  }
}
