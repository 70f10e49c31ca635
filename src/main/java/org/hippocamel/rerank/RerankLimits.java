package org.hippocamel.rerank;

import org.hippocamel.config.Rerank;
import org.hippocamel.embedding.TeiInfo;

/**
 * What one call may hold and how many may be under way.
 *
 * @param texts texts of a call, at least 1
 * @param bytes bytes of a call in JSON
 * @param calls calls in flight, at least 1
 */
record RerankLimits(int texts, int bytes, int calls) {
  /**
   * The configured values, cut down to what the server allows: {@code max_client_batch_size} texts
   * a call, and all calls together at most the given share of {@code max_concurrent_requests},
   * which TEI counts in texts.
   */
  static RerankLimits of(Rerank settings, double share, TeiInfo info) {
    int inFlight = Math.max(1, (int) (info.maxConcurrentRequests() * share));
    int batch = Math.max(1, Math.min(settings.batchTexts(), info.maxClientBatchSize()));
    int texts = Math.min(batch, inFlight);
    int calls = Math.max(1, Math.min(settings.calls(), inFlight / texts));
    return new RerankLimits(texts, settings.batchBytes(), calls);
  }
}
