package org.hippocamel.recall;

import java.util.Comparator;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.recall.SearchReply.Standing;

/**
 * A candidate with everything that decides its place.
 *
 * @param id {@code _id}
 * @param score in the scores of the mode, what freshness adds included
 * @param relevance in calibrated units, whatever the mode; NaN when not both scores are known
 * @param freshness what is left of being new, in [0, 1]; NaN when it does not count
 * @param stages what each search says of it
 */
record Scored(
    String id, double score, double relevance, double freshness, Map<Stage, Standing> stages) {
  /**
   * Equal scores stand as the searches brought them up: the first in a list stays the first in a
   * longer one, so this order does not depend on how long the lists are.
   */
  static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score)
          .reversed()
          .thenComparingInt(Scored::rank)
          .thenComparing(Scored::id);

  /** As a result, with what is stored of it. */
  Hit hit(Document row, int place) {
    return new Hit(row, place, score, relevance, freshness, stages);
  }

  /** The better one of its places in the lists. */
  private int rank() {
    return stages.values().stream()
        .mapToInt(Standing::rank)
        .filter(rank -> rank > 0)
        .min()
        .orElse(Integer.MAX_VALUE);
  }
}
