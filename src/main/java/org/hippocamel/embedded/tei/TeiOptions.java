package org.hippocamel.embedded.tei;

import java.nio.file.Path;

/**
 * What the flags of a real TEI set, under the same names. A server serves one model: the built-in
 * one, or that of the one directory which is given.
 *
 * @param host address to bind
 * @param port 0 for a free one
 * @param apiKey callers must send {@code Authorization: Bearer <apiKey>}; null for none
 * @param maxConcurrentRequests texts in flight, all callers together; more is answered 429
 * @param maxBatchTokens clamps the longest text when {@code autoTruncate}
 * @param maxClientBatchSize texts in one call; more is answered 422
 * @param payloadLimit bytes of one request body; more is answered 413
 * @param autoTruncate what happens to long texts when the caller does not say
 * @param inferenceThreads threads that run the model, 0 for one per core; one more serves only the
 *     interactive lane
 * @param embedModelDir a bi-encoder of the user's own; null for the built-in model
 * @param rerankModelDir a cross-encoder of the user's own; null for an embedding model
 */
public record TeiOptions(
    String host,
    int port,
    String apiKey,
    int maxConcurrentRequests,
    int maxBatchTokens,
    int maxClientBatchSize,
    long payloadLimit,
    boolean autoTruncate,
    int inferenceThreads,
    Path embedModelDir,
    Path rerankModelDir) {

  private static final int BUILT_IN_MAX_TOKENS = 512;

  public TeiOptions {
    atLeast("port", port, 0);
    atLeast("maxConcurrentRequests", maxConcurrentRequests, 1);
    boolean builtIn = embedModelDir == null && rerankModelDir == null;
    atLeast("maxBatchTokens", maxBatchTokens, builtIn && !autoTruncate ? BUILT_IN_MAX_TOKENS : 3);
    atLeast("maxClientBatchSize", maxClientBatchSize, 1);
    atLeast("payloadLimit", payloadLimit, 1);
    atLeast("inferenceThreads", inferenceThreads, 0);
    if (embedModelDir != null && rerankModelDir != null) {
      throw new IllegalArgumentException(
          "embedModelDir and rerankModelDir are both given, but a server serves one model; start"
              + " two");
    }
  }

  /** Serves the built-in model. */
  public TeiOptions(
      String host,
      int port,
      String apiKey,
      int maxConcurrentRequests,
      int maxBatchTokens,
      int maxClientBatchSize,
      long payloadLimit,
      boolean autoTruncate,
      int inferenceThreads) {
    this(
        host,
        port,
        apiKey,
        maxConcurrentRequests,
        maxBatchTokens,
        maxClientBatchSize,
        payloadLimit,
        autoTruncate,
        inferenceThreads,
        null,
        null);
  }

  /** The defaults of TEI 1.9.3, on a free loopback port, without a key. */
  public static TeiOptions defaults() {
    return new TeiOptions("127.0.0.1", 0, null, 512, 16384, 32, 2_000_000, true, 0);
  }

  /**
   * @param apiKey null for none
   */
  public TeiOptions withApiKey(String apiKey) {
    return with(apiKey, embedModelDir, rerankModelDir);
  }

  /** Serves a bi-encoder of the user's own. */
  public TeiOptions withEmbedModelDir(Path directory) {
    return with(apiKey, directory, null);
  }

  /**
   * Serves a cross-encoder of the user's own: a reranker if it has one label, else a classifier.
   */
  public TeiOptions withRerankModelDir(Path directory) {
    return with(apiKey, null, directory);
  }

  private TeiOptions with(String apiKey, Path embedModelDir, Path rerankModelDir) {
    return new TeiOptions(
        host,
        port,
        apiKey,
        maxConcurrentRequests,
        maxBatchTokens,
        maxClientBatchSize,
        payloadLimit,
        autoTruncate,
        inferenceThreads,
        embedModelDir,
        rerankModelDir);
  }

  /**
   * @param modelMax tokens that the model reads
   * @return tokens of one input, specials included
   * @throws IllegalStateException if a long input could neither be cut nor served
   */
  int maxInputLength(int modelMax) {
    if (!autoTruncate && maxBatchTokens < modelMax) {
      throw new IllegalStateException(
          "maxBatchTokens "
              + maxBatchTokens
              + " is below the model's "
              + modelMax
              + "; raise it or set autoTruncate");
    }
    return Math.min(modelMax, maxBatchTokens);
  }

  int threads() {
    return inferenceThreads > 0 ? inferenceThreads : Runtime.getRuntime().availableProcessors();
  }

  private static void atLeast(String name, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(name + " " + value + " is below " + min);
    }
  }
}
