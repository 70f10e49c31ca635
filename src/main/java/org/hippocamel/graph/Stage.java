package org.hippocamel.graph;

import java.util.Locale;

/** The stages of a context, in their order. */
public enum Stage {
  RECALL,
  GRAPH,
  ROWS,
  RERANK,
  DIVERSITY,
  TOKENS;

  /** The name in replies and the metric label: {@code graph}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
