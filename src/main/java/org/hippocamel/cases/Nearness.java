package org.hippocamel.cases;

import java.util.List;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.SearchReply.Hit;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.Calibration;

/**
 * How like a problem its candidates are, on a scale that does not depend on the model: 0 for a text
 * that has nothing to do with it, about 1 for the same text.
 */
final class Nearness {
  /** What is further away than that is ranked among itself, not cut off. */
  private static final double LEAST = 0.01;

  private final Calibration calibration;
  private final Shortlist list;
  private final CaseSearch search;
  private final List<Hit> hits;

  Nearness(Calibration calibration, Shortlist list) {
    this.calibration = calibration;
    this.list = list;
    this.search = list.search();
    this.hits = list.found().hits();
  }

  /** Whether the nearest is near enough; always where words alone are compared. */
  boolean reaches(double threshold) {
    return list.question().isEmpty() || hits.stream().anyMatch(hit -> deviations(hit) >= threshold);
  }

  /** Of the two problems, in [-1, 1], or NaN where words alone are compared. */
  double cosine(Hit hit) {
    Standing standing = hit.stages().get(Stage.VECTOR);
    if (standing != null) {
      return standing.score();
    }
    Place place = list.places().get(hit.row().getString("_id"));
    return list.question().isEmpty() || place == null ? Double.NaN : place.cosine(list.problem());
  }

  /** Standard deviations of the cosine above that of unrelated texts, or NaN. */
  double deviations(Hit hit) {
    return calibration.standardised(cosine(hit));
  }

  double similarity(Hit hit) {
    return Math.max(LEAST, share(hit));
  }

  private double share(Hit hit) {
    double same = calibration.standardised(1);
    if (search.mode() == Mode.VECTOR) {
      return deviations(hit) / same;
    }
    if (search.mode() == Mode.HYBRID && search.fusing().rule() == Fusing.Rule.SCORE) {
      return hit.score() / same;
    }
    double best = hits.stream().mapToDouble(Hit::score).max().orElse(1);
    return hit.score() / best;
  }
}
