package org.hippocamel.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.hippocamel.problem.Peer;
import org.hippocamel.problem.Problem;

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
  /** One that nothing is known of yet: the limits that a TEI has unless told otherwise. */
  public static final TeiInfo STOCK = new TeiInfo("", null, "cls", 512, 32, 512, 16_384, true);

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
    return parse(body, Peer.EMBEDDER, "embedding");
  }

  /**
   * The same of a server that reranks; nothing is pooled there.
   *
   * @throws Problem RERANKER_FAILED when the body is not TEI's, or the model does not rerank
   */
  public static TeiInfo reranker(byte[] body) {
    return parse(body, Peer.RERANKER, "reranker");
  }

  private static TeiInfo parse(byte[] body, Peer peer, String wanted) {
    JsonNode info = read(body, peer);
    JsonNode type = info.path("model_type");
    if (!info.path("model_id").isTextual() || !type.has(wanted)) {
      throw new Problem(
          peer.failed(),
          "the server at "
              + peer.urlKey()
              + " does not serve "
              + (peer == Peer.EMBEDDER ? "an embedding" : "a reranking")
              + " model: its /info names model "
              + info.path("model_id").asText("(none)")
              + " of type "
              + (type.isEmpty() ? "(none)" : type.fieldNames().next()));
    }
    return new TeiInfo(
        info.get("model_id").asText(),
        info.path("model_sha").asText(null),
        type.get(wanted).path("pooling").asText("cls"),
        info.path("max_concurrent_requests").asInt(512),
        info.path("max_client_batch_size").asInt(32),
        info.path("max_input_length").asInt(512),
        info.path("max_batch_tokens").asInt(16_384),
        info.path("auto_truncate").asBoolean(true));
  }

  private static JsonNode read(byte[] body, Peer peer) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new Problem(
          peer.failed(),
          "the server at " + peer.urlKey() + " answers /info with something else",
          e);
    }
  }
}
