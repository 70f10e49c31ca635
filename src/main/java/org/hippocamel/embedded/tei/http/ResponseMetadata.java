package org.hippocamel.embedded.tei.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hippocamel.embedded.tei.core.Embeddings;
import org.hippocamel.embedded.tei.core.Metrics;

/**
 * The timing headers of an inference route, whole milliseconds.
 *
 * @param characters Unicode scalar values of the raw inputs
 */
record ResponseMetadata(int characters, Embeddings embeddings, long totalNanos) {
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    // A constant of the reference, whatever it runs on.
    headers.put("x-compute-type", "gpu+optimized");
    headers.put("x-compute-time", millis(totalNanos));
    headers.put("x-compute-characters", Integer.toString(characters));
    headers.put("x-compute-tokens", Integer.toString(embeddings.tokens()));
    headers.put("x-total-time", millis(totalNanos));
    headers.put("x-tokenization-time", millis(embeddings.tokenizationNanos()));
    headers.put("x-queue-time", millis(embeddings.queueNanos()));
    headers.put("x-inference-time", millis(embeddings.inferenceNanos()));
    return headers;
  }

  void record(Metrics metrics) {
    metrics.recordNanos("te_request_duration", totalNanos);
    metrics.recordNanos("te_request_tokenization_duration", embeddings.tokenizationNanos());
    metrics.recordNanos("te_request_queue_duration", embeddings.queueNanos());
    metrics.recordNanos("te_request_inference_duration", embeddings.inferenceNanos());
  }

  private static String millis(long nanos) {
    return Long.toString(nanos / 1_000_000);
  }
}
