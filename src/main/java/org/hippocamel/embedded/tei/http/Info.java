package org.hippocamel.embedded.tei.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.hippocamel.embedded.tei.core.ModelType;

/**
 * What {@code /info} tells, and what the handlers check against.
 *
 * @param modelId name of the model, or its directory
 * @param modelSha names the weights
 * @param maxInputLength tokens of one text, specials included
 * @param maxClientBatchSize texts in one call
 * @param tokenizationWorkers threads
 */
public record Info(
    String modelId,
    String modelSha,
    ModelType modelType,
    int maxConcurrentRequests,
    int maxInputLength,
    int maxBatchTokens,
    int maxClientBatchSize,
    boolean autoTruncate,
    int tokenizationWorkers) {
  byte[] toJson() {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("model_id", modelId);
          json.writeStringField("model_sha", modelSha);
          json.writeStringField("model_dtype", "float32");
          json.writeStringField("served_model_name", modelId);
          json.writeObjectFieldStart("model_type");
          writeType(json);
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

  private void writeType(JsonGenerator json) throws IOException {
    if (modelType instanceof ModelType.Embedding embedding) {
      json.writeObjectFieldStart("embedding");
      json.writeStringField("pooling", embedding.pooling().wireName());
      json.writeEndObject();
      return;
    }
    List<String> labels = ((ModelType.Classifier) modelType).labels();
    json.writeObjectFieldStart(modelType.isReranker() ? "reranker" : "classifier");
    json.writeObjectFieldStart("id2label");
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(Integer.toString(i), labels.get(i));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("label2id");
    for (int i = 0; i < labels.size(); i++) {
      json.writeNumberField(labels.get(i), i);
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
