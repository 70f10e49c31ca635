package org.hippocamel.cases;

import java.util.List;
import org.bson.Document;

/**
 * What the learned values are worth: how runs went whose searches were ranked with them, and how
 * those went that were answered by similarity alone.
 *
 * @param learned with them
 * @param holdout without
 */
public record Uplift(Share learned, Share holdout) {

  /** Difference of the means, or NaN while one of both has no runs. */
  public double mean() {
    return learned.mean() - holdout.mean();
  }

  /** Lower bound of the difference, 95 % (Newcombe's hybrid score interval). */
  public double low() {
    return mean() - Math.hypot(learned.mean() - learned.low(), holdout.high() - holdout.mean());
  }

  public double high() {
    return mean() + Math.hypot(learned.high() - learned.mean(), holdout.mean() - holdout.low());
  }

  /** Whether there is anything to compare. */
  public boolean known() {
    return learned.runs() > 0 && holdout.runs() > 0;
  }

  static Uplift from(List<Document> groups) {
    return new Uplift(share(groups, Arm.Group.LEARNED), share(groups, Arm.Group.HOLDOUT));
  }

  private static Share share(List<Document> groups, Arm.Group group) {
    return groups.stream()
        .filter(row -> group.word().equals(row.getString("_id")))
        .findFirst()
        .map(
            row ->
                new Share(
                    row.get("runs", Number.class).longValue(),
                    row.get("rewards", Number.class).doubleValue()))
        .orElse(new Share(0, 0));
  }
}
