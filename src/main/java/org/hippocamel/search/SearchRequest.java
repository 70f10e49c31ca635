package org.hippocamel.search;

import org.hippocamel.recall.RecallRequest;

/**
 * A question, and whether a reranker is to have the last word.
 *
 * @param question with as many results as the caller wants
 */
public record SearchRequest(RecallRequest question, boolean rerank) {}
