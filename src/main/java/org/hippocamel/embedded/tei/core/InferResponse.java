package org.hippocamel.embedded.tei.core;

import java.util.List;

/**
 * The answer to one {@link InferCall}.
 *
 * @param results one per input, in input order; their rows are what the {@link Task} says
 * @param tokens of all inputs, specials included, after truncation
 * @param tokenizationNanos mean over the inputs, as are the other two
 */
public record InferResponse(
    List<float[][]> results,
    int tokens,
    long tokenizationNanos,
    long queueNanos,
    long inferenceNanos) {

  /** The first row of each result: vectors or scores. */
  public List<float[]> firstRows() {
    return results.stream().map(rows -> rows[0]).toList();
  }
}
