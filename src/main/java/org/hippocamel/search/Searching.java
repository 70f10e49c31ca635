package org.hippocamel.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hippocamel.recall.Page;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.rerank.RerankRequest;
import org.hippocamel.rerank.Reranked;
import org.hippocamel.search.Searched.Place;

/** The values between recall, reranker and reply. */
public final class Searching {
  private final int top;

  /**
   * @param top results that are reranked, if fewer are wanted
   */
  public Searching(int top) {
    this.top = top;
  }

  /** What recall is asked for: at least as many results as are to be reranked. */
  public RecallRequest question(SearchRequest asked) {
    RecallRequest question = asked.question();
    return asked.rerank() ? question.with(Page.first(Math.max(top, question.limit()))) : question;
  }

  /** What the reranker is asked for: the texts of all that recall found, as replies show them. */
  public RerankRequest texts(SearchRequest asked, SearchReply found) {
    return new RerankRequest(
        asked.question().query(),
        found.hits().stream().map(hit -> hit.row().getString("text")).toList());
  }

  /** In recall's order. */
  public Searched plain(SearchReply found) {
    return new Searched(found, fused(found).toList(), false, null);
  }

  /**
   * The best by the reranker's scores, equal ones in recall's order; without scores those of
   * recall, and why.
   */
  public Searched reranked(SearchRequest asked, SearchReply found, Reranked reranked) {
    List<Float> scores = reranked.scores();
    Stream<Place> order =
        reranked.done()
            ? IntStream.range(0, scores.size())
                .mapToObj(i -> new Place(i, scores.get(i)))
                .sorted(Comparator.comparingDouble(Place::score).reversed())
            : fused(found);
    return new Searched(
        found, order.limit(asked.question().limit()).toList(), reranked.done(), reranked.reason());
  }

  private static Stream<Place> fused(SearchReply found) {
    return IntStream.range(0, found.hits().size())
        .mapToObj(i -> new Place(i, found.hits().get(i).score()));
  }
}
