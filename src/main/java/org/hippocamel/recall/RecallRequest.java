package org.hippocamel.recall;

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
 */
public record RecallRequest(
    String query,
    int limit,
    Mode mode,
    Scope scope,
    Double minScore,
    boolean explain,
    Fusing fusing) {
  public RecallRequest {
    if (query.isBlank() || limit < 1) {
      throw new IllegalArgumentException("a question needs words and at least one result");
    }
  }

  /** The same with another number of results. */
  public RecallRequest withLimit(int other) {
    return new RecallRequest(query, other, mode, scope, minScore, explain, fusing);
  }
}
