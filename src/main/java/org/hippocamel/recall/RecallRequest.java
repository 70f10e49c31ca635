package org.hippocamel.recall;

import org.hippocamel.embedding.Embedding;

/**
 * A question to the memory, checked.
 *
 * @param query not blank
 * @param scope which memories may answer; holds the caller's tenant
 * @param ranking how they are found and put in order
 * @param page which part of that order is wanted
 * @param threshold what must be reached to be in it at all
 * @param explain whether the reply shows rank and scores of each stage
 * @param embedded the query's vector where the caller has one of its own making; null to have the
 *     query embedded, after the space's instruction
 * @param space id of the space that is searched; null for the one that is active when it begins
 */
public record RecallRequest(
    String query,
    Scope scope,
    Ranking ranking,
    Page page,
    Threshold threshold,
    boolean explain,
    Embedding embedded,
    String space) {
  public RecallRequest {
    if (query.isBlank()) {
      throw new IllegalArgumentException("a question needs words");
    }
  }

  /** A question that is still to be embedded. */
  public RecallRequest(
      String query, Scope scope, Ranking ranking, Page page, Threshold threshold, boolean explain) {
    this(query, scope, ranking, page, threshold, explain, null, null);
  }

  /** The best {@code limit}, whatever their scores, without the stages. */
  public static RecallRequest of(String query, Scope scope, Ranking ranking, int limit) {
    return new RecallRequest(query, scope, ranking, Page.first(limit), Threshold.NONE, false);
  }

  /** The same, put in another order. */
  public RecallRequest with(Ranking other) {
    return new RecallRequest(query, scope, other, page, threshold, explain, embedded, space);
  }

  /** Another part of the same order. */
  public RecallRequest with(Page other) {
    return new RecallRequest(query, scope, ranking, other, threshold, explain, embedded, space);
  }

  /** The same with another threshold. */
  public RecallRequest with(Threshold other) {
    return new RecallRequest(query, scope, ranking, page, other, explain, embedded, space);
  }

  /** The same with its stages shown. */
  public RecallRequest explained() {
    return new RecallRequest(query, scope, ranking, page, threshold, true, embedded, space);
  }

  /** The same with the query's vector in a space. */
  public RecallRequest with(Embedding vector, String id) {
    return new RecallRequest(query, scope, ranking, page, threshold, explain, vector, id);
  }

  /** The same in another space. */
  public RecallRequest in(String id) {
    return new RecallRequest(query, scope, ranking, page, threshold, explain, embedded, id);
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
