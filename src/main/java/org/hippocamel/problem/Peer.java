package org.hippocamel.problem;

/** A TEI server that is asked over HTTP, as messages name it. */
public enum Peer {
  EMBEDDER("embedder", "tei", "tei.timeout-millis", ProblemKind.EMBEDDER_FAILED),
  RERANKER("reranker", "rerank", "tei.probe-timeout-millis", ProblemKind.RERANKER_FAILED);

  private final String word;
  private final String keys;
  private final String timeoutKey;
  private final ProblemKind failed;

  Peer(String word, String keys, String timeoutKey, ProblemKind failed) {
    this.word = word;
    this.keys = keys;
    this.timeoutKey = timeoutKey;
    this.failed = failed;
  }

  /** {@code embedder}. */
  public String word() {
    return word;
  }

  /** The setting with its address: {@code tei.url}. */
  public String urlKey() {
    return keys + ".url";
  }

  String apiKeyKey() {
    return keys + ".api-key";
  }

  String timeoutKey() {
    return timeoutKey;
  }

  /** It answered what no answer of its kind may hold. */
  public ProblemKind failed() {
    return failed;
  }

  /** {@code the embedder at tei.url}. */
  @Override
  public String toString() {
    return "the " + word + " at " + urlKey();
  }
}
