package org.hippocamel.usage;

import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.EmbedCounts.Count;
import org.hippocamel.embedding.Lane;

/**
 * The collection {@code usage}: a row for each month (UTC), which every process adds to. So a
 * month's tokens outlive restarts, and replicas are counted together. Thread-safe.
 */
public final class UsageLedger {
  private static final int MONTHS = 13;

  private final EmbedCounts counts;
  private final DoubleSupplier busySeconds;
  private final Clock clock;
  private Usage recorded = Usage.NONE; // of this process

  /**
   * @param busySeconds time in which the embedder worked, since the start
   */
  public UsageLedger(EmbedCounts counts, DoubleSupplier busySeconds, Clock clock) {
    this.counts = counts;
    this.busySeconds = busySeconds;
    this.clock = clock;
  }

  /** What was embedded since the last {@link #recorded}. */
  public synchronized Usage growth() {
    return sinceStart().minus(recorded);
  }

  private Usage sinceStart() {
    long texts = 0;
    for (Lane lane : Lane.values()) {
      texts += counts.get(lane, Count.TEXTS);
    }
    return new Usage(
        texts,
        counts.get(Lane.QUERY, Count.TOKENS),
        counts.get(Lane.INGEST, Count.TOKENS),
        busySeconds.getAsDouble());
  }

  /** Update: this month has so much more. */
  public List<Document> increment(Usage growth) {
    return List.of(
        new Document("_id", month().toString()),
        new Document("$inc", growth.toDocument())
            .append("$setOnInsert", new Document("since", Date.from(clock.instant()))));
  }

  /** The store has it: the next {@link #growth} begins here. */
  public synchronized void recorded(Usage growth) {
    recorded = recorded.plus(growth);
  }

  /** Pipeline: this month and the twelve before it, newest first. */
  public List<Bson> monthsPipeline() {
    return List.of(new Document("$sort", new Document("_id", -1)), new Document("$limit", MONTHS));
  }

  /** What the store has, and on top of it what this process has not recorded yet. */
  public UsageReport report(List<Document> rows) {
    List<UsageMonth> months = new ArrayList<>(rows.stream().map(UsageLedger::read).toList());
    UsageMonth present = new UsageMonth(month(), Usage.NONE, clock.instant());
    if (!months.isEmpty() && months.get(0).month().equals(month())) {
      present = months.remove(0);
    }
    Usage usage = present.usage().plus(growth());
    return new UsageReport(new UsageMonth(present.month(), usage, present.since()), months);
  }

  private static UsageMonth read(Document row) {
    Instant since = row.getDate("since").toInstant();
    return new UsageMonth(YearMonth.parse(row.getString("_id")), Usage.from(row), since);
  }

  private YearMonth month() {
    return YearMonth.now(clock.withZone(ZoneOffset.UTC));
  }
}
