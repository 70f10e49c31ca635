package org.hippocamel.shadow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code shadow_log}: shadowed searches, and what they come to. */
public final class ShadowLog {
  /** Newest searches of which a comparison is made. */
  static final int MOST = 10_000;

  private final Duration kept;
  private final Clock clock;

  /**
   * @param kept how long a search is remembered
   */
  public ShadowLog(Duration kept, Clock clock) {
    this.kept = kept;
    this.clock = clock;
  }

  /** The row of a search. */
  public Document row(ShadowedSearch search) {
    Instant now = clock.instant();
    return search.row(now, now.plus(kept));
  }

  /** Pipeline: the newest searches of all pairs. */
  public List<Bson> pipeline() {
    return List.of(new Document("$sort", new Document("at", -1)), new Document("$limit", MOST));
  }

  /** A comparison for each pair of spaces, the pair of the newest search first. */
  public List<SpaceComparison> comparisons(List<Document> rows) {
    Map<List<String>, List<ShadowedSearch>> pairs = new LinkedHashMap<>();
    for (Document row : rows) {
      ShadowedSearch search = ShadowedSearch.of(row);
      pairs
          .computeIfAbsent(List.of(search.space(), search.other()), pair -> new ArrayList<>())
          .add(search);
    }
    return pairs.values().stream().map(SpaceComparison::of).toList();
  }
}
