package org.hippocamel.api;

import org.hippocamel.rerank.RerankRequest;

/**
 * A request of {@code POST /v1/rerank}, checked.
 *
 * @param top results that are wanted, from 1
 * @param withDocuments whether each result shows its text
 */
public record Ranking(RerankRequest request, int top, boolean withDocuments) {}
