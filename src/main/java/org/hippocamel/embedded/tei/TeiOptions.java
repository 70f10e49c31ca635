package org.hippocamel.embedded.tei;

/**
 * What the flags of a real TEI set, under the same names.
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
    int inferenceThreads) {

  /** Tokens the model reads, specials included. */
  static final int MODEL_MAX_TOKENS = 512;

  public TeiOptions {
    atLeast("port", port, 0);
    atLeast("maxConcurrentRequests", maxConcurrentRequests, 1);
    atLeast("maxBatchTokens", maxBatchTokens, autoTruncate ? 3 : MODEL_MAX_TOKENS);
    atLeast("maxClientBatchSize", maxClientBatchSize, 1);
    atLeast("payloadLimit", payloadLimit, 1);
    atLeast("inferenceThreads", inferenceThreads, 0);
  }

  /** The defaults of TEI 1.9.3, on a free loopback port, without a key. */
  public static TeiOptions defaults() {
    return new TeiOptions("127.0.0.1", 0, null, 512, 16384, 32, 2_000_000, true, 0);
  }

  int maxInputLength() {
    return Math.min(MODEL_MAX_TOKENS, maxBatchTokens);
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
