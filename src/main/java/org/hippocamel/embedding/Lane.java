package org.hippocamel.embedding;

/** Who waits: somebody at the other end of a request, or nobody in particular (bulk). */
public enum Lane {
  QUERY,
  INGEST;

  /** The name of its beans and the metric label: {@code query}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
