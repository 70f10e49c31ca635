package org.hippocamel.recall;

import org.hippocamel.embedding.Embedding;

/**
 * A question to the memory, checked.
 *
 * @param query not blank
 * @param limit results wanted, from 1
 * @param mode how to find them
 * @param scope which memories may answer; holds the caller's tenant
 * @param minScore results below this fused score are left out; null for no threshold
 * @param explain whether the reply shows rank and scores of each stage
 * @param fusing how the lists of mode hybrid become one
 * @param embedded the query's vector where the caller has one of its own making; null to have the
 *     query embedded, after the space's instruction
 */
public record RecallRequest(
    String query,
    int limit,
    Mode mode,
    Scope scope,
    Double minScore,
    boolean explain,
    Fusing fusing,
    Embedding embedded) {
  public RecallRequest {
    if (query.isBlank() || limit < 1) {
      throw new IllegalArgumentException("a question needs words and at least one result");
    }
  }

  /** A question that is still to be embedded. */
  public RecallRequest(
      String query,
      int limit,
      Mode mode,
      Scope scope,
      Double minScore,
      boolean explain,
      Fusing fusing) {
    this(query, limit, mode, scope, minScore, explain, fusing, null);
  }
}
