package org.hippocamel.evaluation;

import org.hippocamel.eval.Variant;
import org.hippocamel.search.SearchRequest;

/** Makes of a query what a caller's search with the same fields becomes. */
@FunctionalInterface
public interface Questions {
  /**
   * @throws org.hippocamel.problem.Problem INVALID naming the fields that a search does not have
   */
  SearchRequest ask(Variant variant, String tenant, String query, int limit);
}
