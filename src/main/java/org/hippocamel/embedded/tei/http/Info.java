package org.hippocamel.embedded.tei.http;

/**
 * What {@code /info} tells, and what the handlers check against.
 *
 * @param modelSha names the weights
 * @param maxInputLength tokens of one text, specials included
 * @param maxClientBatchSize texts in one call
 * @param tokenizationWorkers threads
 */
public record Info(
    String modelSha,
    int maxConcurrentRequests,
    int maxInputLength,
    int maxBatchTokens,
    int maxClientBatchSize,
    boolean autoTruncate,
    int tokenizationWorkers) {
  static final String MODEL_ID = "BAAI/bge-small-en-v1.5";

  byte[] toJson() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("model_id", MODEL_ID);
          json.writeStringField("model_sha", modelSha);
          json.writeStringField("model_dtype", "float32");
          json.writeStringField("served_model_name", MODEL_ID);
          json.writeObjectFieldStart("model_type");
          json.writeObjectFieldStart("embedding");
          json.writeStringField("pooling", "cls");
          json.writeEndObject();
          json.writeEndObject();
          json.writeNumberField("max_concurrent_requests", maxConcurrentRequests);
          json.writeNumberField("max_input_length", maxInputLength);
          json.writeNumberField("max_batch_tokens", maxBatchTokens);
          // What the reference's ONNX backend reports; clients size their calls by it.
          json.writeNumberField("max_batch_requests", 8);
          json.writeNumberField("max_client_batch_size", maxClientBatchSize);
          json.writeBooleanField("auto_truncate", autoTruncate);
          json.writeNumberField("tokenization_workers", tokenizationWorkers);
          json.writeStringField("version", "1.9.3");
          json.writeNullField("sha");
          json.writeStringField("docker_label", "hippocamel-embedded");
          json.writeEndObject();
        });
  }
}
