package org.hippocamel.graph;

import org.hippocamel.recall.RecallRequest;

/**
 * What a context is wanted for, checked.
 *
 * @param question what recall is asked; its limit is the number of candidates
 * @param k memories wanted, from 1
 * @param tokenBudget tokens that the assembled text may have
 * @param walk how the graph is followed
 * @param rerank whether the candidates are reranked
 * @param lambda share of relevance against novelty, or null where repetitions may stay
 * @param explain whether the reply shows each stage
 */
public record ContextRequest(
    RecallRequest question,
    int k,
    int tokenBudget,
    Walk walk,
    boolean rerank,
    Double lambda,
    boolean explain) {
  public ContextRequest {
    if (k < 1 || tokenBudget < 1) {
      throw new IllegalArgumentException("a context has room for something");
    }
  }

  /**
   * How the graph is followed.
   *
   * @param hops steps from the hits, 0 for none
   * @param weight share of the graph in a score, in [0, 1]
   */
  public record Walk(int hops, double weight) {
    /** The graph stays out of it. */
    public static final Walk NONE = new Walk(0, 0);
  }

  /** The same in another space. */
  public ContextRequest in(String space) {
    return new ContextRequest(question.in(space), k, tokenBudget, walk, rerank, lambda, explain);
  }

  /** Whether repetitions are kept back. */
  public boolean diverse() {
    return lambda != null;
  }
}
