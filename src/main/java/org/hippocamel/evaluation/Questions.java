package org.hippocamel.evaluation;

import org.hippocamel.eval.Variant;
import org.hippocamel.graph.ContextRequest;
import org.hippocamel.search.SearchRequest;

/** Makes of a query what a caller's request with the same fields becomes. */
public interface Questions {
  /**
   * A search.
   *
   * @throws org.hippocamel.problem.Problem INVALID naming the fields that a search does not have
   */
  SearchRequest search(Variant variant, String tenant, String query, int limit);

  /**
   * A context, for a variant that wants one.
   *
   * @throws org.hippocamel.problem.Problem INVALID naming the fields that a context does not have
   */
  ContextRequest context(Variant variant, String tenant, String query, int limit);
}
