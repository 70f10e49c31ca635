package org.hippocamel.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * What a TEI server says of itself ({@code GET /info}).
 *
 * @param modelId hub id or folder of the model
 * @param modelSha revision the server was asked for, or null
 * @param pooling cls, mean, last_token or splade
 * @param maxConcurrentRequests texts that may be in flight
 * @param maxClientBatchSize texts of one call
 * @param maxInputLength tokens of one text, special tokens included
 * @param maxBatchTokens tokens of one forward pass
 * @param autoTruncate whether longer texts are cut instead of refused
 */
public record TeiInfo(
    String modelId,
    String modelSha,
    String pooling,
    int maxConcurrentRequests,
    int maxClientBatchSize,
    int maxInputLength,
    int maxBatchTokens,
    boolean autoTruncate) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Whether vectors of both servers can be compared, as far as they say. */
  boolean sameModel(TeiInfo other) {
    return modelId.equals(other.modelId)
        && Objects.equals(modelSha, other.modelSha)
        && pooling.equals(other.pooling);
  }

  /** One phrase for messages. */
  String describe() {
    return modelId + (modelSha == null ? "" : " at " + modelSha) + ", " + pooling + " pooling";
  }

  /**
   * @throws Problem EMBEDDER_FAILED when the body is not TEI's, or the model does not embed
   */
  public static TeiInfo parse(byte[] body) {
    JsonNode info = read(body);
    JsonNode embedding = info.path("model_type").path("embedding");
    if (!info.path("model_id").isTextual() || embedding.isMissingNode()) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED,
          "the server at tei.url does not serve an embedding model: its /info names model "
              + info.path("model_id").asText("(none)")
              + " of type "
              + (info.path("model_type").isEmpty()
                  ? "(none)"
                  : info.path("model_type").fieldNames().next()));
    }
    return new TeiInfo(
        info.get("model_id").asText(),
        info.path("model_sha").asText(null),
        embedding.path("pooling").asText("cls"),
        info.path("max_concurrent_requests").asInt(512),
        info.path("max_client_batch_size").asInt(32),
        info.path("max_input_length").asInt(512),
        info.path("max_batch_tokens").asInt(16_384),
        info.path("auto_truncate").asBoolean(true));
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new Problem(
          ProblemKind.EMBEDDER_FAILED,
          "the server at tei.url answers /info with something else",
          e);
    }
  }
}
