package org.hippocamel.embedded.tei.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hippocamel.embedded.tei.core.ErrorType;
import org.hippocamel.embedded.tei.core.TeiException;

/**
 * A score and the place it came from.
 *
 * @param index of a text or of a label
 */
record Scored(int index, float score) {
  /**
   * The best first; of equal ones the higher index first, since the reference sorts ascending,
   * which keeps their order, and then reverses.
   *
   * @throws TeiException Backend if one is not a number
   */
  static List<Scored> best(float[] scores) {
    List<Scored> all = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new TeiException(ErrorType.BACKEND, "score is NaN");
      }
      all.add(new Scored(i, scores[i]));
    }
    // Not Float.compare: 0.0 and -0.0 are equal.
    all.sort((a, b) -> a.score < b.score ? -1 : a.score > b.score ? 1 : 0);
    Collections.reverse(all);
    return all;
  }
}
