package org.hippocamel.embedded.tei.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hippocamel.embedded.tei.core.InferResponse;
import org.hippocamel.embedded.tei.core.Metrics;

/**
 * The timing headers of an inference route, whole milliseconds.
 *
 * @param characters Unicode scalar values of the raw inputs
 */
record ResponseMetadata(int characters, InferResponse response, long totalNanos) {
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    // A constant of the reference, whatever it runs on.
    headers.put("x-compute-type", "gpu+optimized");
    headers.put("x-compute-time", millis(totalNanos));
    headers.put("x-compute-characters", Integer.toString(characters));
    headers.put("x-compute-tokens", Integer.toString(response.tokens()));
    headers.put("x-total-time", millis(totalNanos));
    headers.put("x-tokenization-time", millis(response.tokenizationNanos()));
    headers.put("x-queue-time", millis(response.queueNanos()));
    headers.put("x-inference-time", millis(response.inferenceNanos()));
    return headers;
  }

  void record(Metrics metrics) {
    metrics.recordNanos("te_request_duration", totalNanos);
    metrics.recordNanos("te_request_tokenization_duration", response.tokenizationNanos());
    metrics.recordNanos("te_request_queue_duration", response.queueNanos());
    metrics.recordNanos("te_request_inference_duration", response.inferenceNanos());
  }

  private static String millis(long nanos) {
    return Long.toString(nanos / 1_000_000);
  }
}
