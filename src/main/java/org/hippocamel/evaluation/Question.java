package org.hippocamel.evaluation;

import org.hippocamel.search.SearchRequest;

/**
 * One query, asked in one way.
 *
 * @param variant number of the way
 * @param query number of the query
 * @param request what goes to search
 */
public record Question(int variant, int query, SearchRequest request) {
  /** Whether its vector is needed. */
  boolean byVector() {
    return request.question().mode().vector();
  }
}
