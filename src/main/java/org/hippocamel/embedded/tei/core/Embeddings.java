package org.hippocamel.embedded.tei.core;

import java.util.List;

/**
 * The answer to one {@link EmbedCall}.
 *
 * @param vectors one per input, in input order
 * @param tokens of all inputs, specials included, after truncation
 * @param tokenizationNanos mean over the inputs, as are the other two
 */
public record Embeddings(
    List<float[]> vectors,
    int tokens,
    long tokenizationNanos,
    long queueNanos,
    long inferenceNanos) {}
