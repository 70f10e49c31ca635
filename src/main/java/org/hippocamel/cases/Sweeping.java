package org.hippocamel.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The values of removing histories whose cases have expired: the store removes rows by itself, and
 * knows nothing of their logs. The log is gone through from time to time, a portion at each look.
 */
public final class Sweeping {
  private static final String MARK = "swept";
  private static final int PORTION = 50_000;
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Clock clock;

  public Sweeping(Clock clock) {
    this.clock = clock;
  }

  /** Pipeline: how far the last look came. */
  public List<Bson> markPipeline() {
    return List.of(new Document("$match", new Document("_id", MARK)));
  }

  /** What is to be looked at. */
  public Sweep sweep(List<Document> marks) {
    if (marks.isEmpty()) {
      return new Sweep("", true);
    }
    String after = marks.get(0).getString("after");
    Instant ended = marks.get(0).getDate("at").toInstant();
    return new Sweep(after, !after.isEmpty() || !ended.plus(PAUSE).isAfter(clock.instant()));
  }

  /** Pipeline: the next cases that have a history. */
  public List<Bson> portionPipeline(Sweep sweep) {
    return List.of(
        new Document("$match", new Document("case", new Document("$gt", sweep.after()))),
        new Document("$project", new Document("_id", 0).append("case", 1)),
        new Document("$sort", new Document("case", 1)),
        new Document("$limit", PORTION),
        new Document("$group", new Document("_id", "$case")));
  }

  /** Pipeline: which of them are there. */
  public List<Bson> rowsPipeline(List<Document> portion) {
    return List.of(
        new Document("$match", new Document("_id", new Document("$in", keys(portion)))),
        new Document("$project", new Document("_id", 1)));
  }

  /** Those that are not. */
  public List<String> gone(List<Document> portion, List<Document> rows) {
    Set<String> there = rows.stream().map(row -> row.getString("_id")).collect(Collectors.toSet());
    return keys(portion).stream().filter(key -> !there.contains(key)).toList();
  }

  private static List<String> keys(List<Document> portion) {
    return portion.stream().map(row -> row.getString("_id")).toList();
  }

  /** Whether there are any. */
  public boolean any(List<String> gone) {
    return !gone.isEmpty();
  }

  /** Filter: their entries; a case that is stored again at this moment keeps its new ones. */
  public Document entries(List<String> gone, Instant began) {
    return new Document("case", new Document("$in", gone))
        .append("logged_at", new Document("$lt", Date.from(began.minus(Settling.MARGIN))));
  }

  /** Update: how far this look came; behind the last case the next one begins anew. */
  public List<Document> mark(List<Document> portion, Instant began) {
    String last = keys(portion).stream().max(Comparator.naturalOrder()).orElse("");
    return List.of(
        new Document("_id", MARK),
        new Document("$set", new Document("after", last).append("at", Date.from(began))));
  }
}
