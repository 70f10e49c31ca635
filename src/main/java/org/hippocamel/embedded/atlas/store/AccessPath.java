package org.hippocamel.embedded.atlas.store;

import java.util.List;

/**
 * How the candidates of a query are reached: stretches of one index each.
 *
 * @param sorted whether the candidates come in the order that was asked for
 * @param reverse whether the stretch is walked backwards, for a descending order
 */
record AccessPath(List<Stretch> stretches, boolean sorted, boolean reverse) {
  /**
   * A range of an index.
   *
   * @param point whether it holds one value for each field, so that a record lies in it once
   */
  record Stretch(SecondaryIndex index, KeyRange range, boolean point) {}

  /** Whether one walk gives every record once, so that nothing has to be collected first. */
  boolean streams() {
    return stretches.size() == 1
        && (stretches.get(0).point() || !stretches.get(0).index().multikey());
  }
}
