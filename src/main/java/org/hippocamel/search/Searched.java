package org.hippocamel.search;

import java.util.List;
import org.hippocamel.recall.SearchReply;

/**
 * What recall found, in the order of the reply.
 *
 * @param found by recall; may hold more than the reply shows
 * @param order what the reply shows, best first
 * @param reranked whether a reranker made that order
 * @param rerankReason why none did although it was asked for; null otherwise
 */
public record Searched(
    SearchReply found, List<Place> order, boolean reranked, String rerankReason) {
  public Searched {
    order = List.copyOf(order);
  }

  /** The cursor of the page that follows; null at the end, and where one page is reranked. */
  public String next() {
    return reranked || rerankReason != null ? null : found.next();
  }

  /**
   * A result.
   *
   * @param index of its hit in what recall found
   * @param score the reranker's probability in [0, 1]; recall's score where it was not asked
   */
  public record Place(int index, double score) {}
}
