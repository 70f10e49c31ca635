package org.hippocamel.recall;

/**
 * A question to the memory, checked.
 *
 * @param query not blank
 * @param scope which memories may answer; holds the caller's tenant
 * @param ranking how they are found and put in order
 * @param page which part of that order is wanted
 * @param threshold what must be reached to be in it at all
 * @param explain whether the reply shows rank and scores of each stage
 */
public record RecallRequest(
    String query, Scope scope, Ranking ranking, Page page, Threshold threshold, boolean explain) {
  public RecallRequest {
    if (query.isBlank()) {
      throw new IllegalArgumentException("a question needs words");
    }
  }

  /** The best {@code limit}, whatever their scores, without the stages. */
  public static RecallRequest of(String query, Scope scope, Ranking ranking, int limit) {
    return new RecallRequest(query, scope, ranking, Page.first(limit), Threshold.NONE, false);
  }

  /** The same, put in another order. */
  public RecallRequest with(Ranking other) {
    return new RecallRequest(query, scope, other, page, threshold, explain);
  }

  /** Another part of the same order. */
  public RecallRequest with(Page other) {
    return new RecallRequest(query, scope, ranking, other, threshold, explain);
  }

  /** The same with another threshold. */
  public RecallRequest with(Threshold other) {
    return new RecallRequest(query, scope, ranking, page, other, explain);
  }

  /** The same with its stages shown. */
  public RecallRequest explained() {
    return new RecallRequest(query, scope, ranking, page, threshold, true);
  }

  public Mode mode() {
    return ranking.mode();
  }

  public Fusing fusing() {
    return ranking.fusing();
  }

  public int limit() {
    return page.limit();
  }
}
