package org.hippocamel.embedding;

/** Who waits: somebody at the other end of a request, or nobody in particular (bulk). */
public enum Lane {
  QUERY,
  INGEST
}
