package org.hippocamel.graph;

import java.util.List;

/**
 * The memories of a context as the text cites them.
 *
 * @param citations in the order of the text
 * @param dropped memories that were chosen and did not fit
 * @param counted whether the served model's tokenizer counted the tokens; else they are an estimate
 */
public record Cited(List<Citation> citations, int dropped, boolean counted) {
  public Cited {
    citations = List.copyOf(citations);
  }

  /** Tokens of the text. */
  public int tokens() {
    return citations.stream().mapToInt(Citation::tokens).sum();
  }
}
