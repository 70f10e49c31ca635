package org.hippocamel.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The values of looking whether cases follow from their log. A mark says how far back that is
 * known; everything logged since is derived again, which changes nothing where nobody died in
 * between.
 */
public final class Settling {
  private static final String MARK = "settled";
  private static final int SLICE = 256;

  /** Clocks of several machines differ, and an entry takes a moment to be written. */
  static final Duration MARGIN = Duration.ofMinutes(2);

  private final Clock clock;

  public Settling(Clock clock) {
    this.clock = clock;
  }

  /** Pipeline: the mark. */
  public List<Bson> markPipeline() {
    return List.of(new Document("$match", new Document("_id", MARK)));
  }

  /** What is looked at, from the mark or from the beginning. */
  public Instant since(List<Document> marks) {
    return marks.isEmpty() ? Instant.EPOCH : marks.get(0).getDate("at").toInstant().minus(MARGIN);
  }

  public Instant now() {
    return clock.instant();
  }

  /** Pipeline: cases of which something was logged since. */
  public List<Bson> recentPipeline(Instant since) {
    return List.of(
        new Document("$match", new Document("logged_at", new Document("$gte", Date.from(since)))),
        new Document("$group", new Document("_id", "$case")));
  }

  /** Their keys in portions. */
  public List<CaseKeys> slices(List<Document> recent) {
    List<String> keys = recent.stream().map(row -> row.getString("_id")).toList();
    List<CaseKeys> slices = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += SLICE) {
      slices.add(new CaseKeys(Set.copyOf(keys.subList(from, Math.min(keys.size(), from + SLICE)))));
    }
    return slices;
  }

  /** Update: everything logged before this moment is settled. */
  public List<Document> mark(Instant began) {
    return List.of(
        new Document("_id", MARK), new Document("$set", new Document("at", Date.from(began))));
  }
}
