package org.hippocamel.config;

/**
 * {@code context.*}: what a context is made of where a request does not say so.
 *
 * @param candidates memories that recall gives, from which the context is chosen
 * @param graph whether the graph is followed
 * @param rerank whether candidates are reranked, where there is a reranker
 * @param diversity whether memories that repeat each other step back
 * @param lambda share of relevance against novelty
 * @param maxK memories of one context
 * @param tokenBudget tokens of the assembled text
 * @param maxTokenBudget the most that a request may ask for
 */
public record ContextSettings(
    int candidates,
    boolean graph,
    boolean rerank,
    boolean diversity,
    double lambda,
    int maxK,
    int tokenBudget,
    int maxTokenBudget) {

  static ContextSettings read(SettingReader in) {
    ContextSettings read =
        new ContextSettings(
            in.integer("context.candidates", 1, 200),
            in.flag("context.graph"),
            in.flag("context.rerank"),
            in.flag("context.diversity"),
            in.decimal("context.lambda", 0, 1),
            in.integer("context.max-k", 1, 200),
            in.integer("context.token-budget", 32, 1_000_000),
            in.integer("context.max-token-budget", 32, 1_000_000));
    if (read.tokenBudget > read.maxTokenBudget) {
      in.refuse(
          "context.token-budget",
          read.tokenBudget + " is above context.max-token-budget " + read.maxTokenBudget);
    }
    return read;
  }
}
