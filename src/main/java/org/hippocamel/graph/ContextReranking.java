package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hippocamel.rerank.RerankRequest;
import org.hippocamel.rerank.Reranked;

/**
 * Lets a reranker say how relevant the candidates of a context are. What it says takes the place of
 * recall's relevance; the graph counts as before. Without scores the order stays as it is.
 */
public final class ContextReranking {
  /** Whether there is anything to be reranked. */
  public boolean wanted(ContextRequest request, Ranked ranked) {
    return request.rerank() && !ranked.candidates().isEmpty();
  }

  /** What the reranker is asked: all candidates, as the embedder reads them. */
  public RerankRequest texts(ContextRequest request, Ranked ranked) {
    return new RerankRequest(
        request.question().query(), ranked.candidates().stream().map(Candidate::read).toList());
  }

  /** The candidates by the reranker's scores and the graph; or as they were, and why. */
  public Ranked reranked(ContextRequest request, Ranked ranked, Reranked scores) {
    if (!scores.done()) {
      return new Ranked(ranked.candidates(), false, scores.reason());
    }
    boolean graph = ranked.candidates().stream().anyMatch(one -> one.graph() > 0);
    double weight = graph ? request.walk().weight() : 0;
    double best = Collections.max(scores.scores());
    List<Candidate> changed = new ArrayList<>();
    for (int i = 0; i < scores.scores().size(); i++) {
      double score = scores.scores().get(i);
      double share = best == 0 ? 0 : score / best;
      Candidate candidate = ranked.candidates().get(i);
      changed.add(
          candidate.withReranked(score, share, (1 - weight) * share + weight * candidate.graph()));
    }
    changed.sort(Ranking.BEST_FIRST);
    return new Ranked(changed, true, null);
  }
}
