package org.hippocamel.evaluation;

import org.hippocamel.recall.RecallRequest;

/**
 * One query, asked in one way.
 *
 * @param variant number of the way
 * @param query number of the query
 * @param request what goes to recall
 */
public record Question(int variant, int query, RecallRequest request) {
  /** Whether its vector is needed. */
  boolean byVector() {
    return request.mode().vector();
  }
}
