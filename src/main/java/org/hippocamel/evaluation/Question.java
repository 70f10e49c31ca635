package org.hippocamel.evaluation;

import org.hippocamel.graph.ContextRequest;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.search.SearchRequest;

/**
 * One query, asked in one way.
 *
 * @param variant number of the way
 * @param query number of the query
 * @param search what goes to search, or null where a context is asked for
 * @param context what goes to context, or null
 */
public record Question(int variant, int query, SearchRequest search, ContextRequest context) {
  /** What recall is asked in either case. */
  public RecallRequest recall() {
    return search == null ? context.question() : search.question();
  }

  /** Id of the space that it is asked in, empty for the active one. */
  String space() {
    return recall().space() == null ? "" : recall().space();
  }

  /** Whether its vector is needed. */
  boolean byVector() {
    return recall().mode().vector();
  }
}
