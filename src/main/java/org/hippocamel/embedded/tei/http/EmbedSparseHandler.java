package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.TeiException;

/**
 * {@code POST /embed_sparse}: as the reference's ONNX backend does, this server has no SPLADE
 * pooling, so a readable body is answered 424, for good.
 */
final class EmbedSparseHandler implements Handler {
  private final Metrics metrics;

  EmbedSparseHandler(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    EmbedAllRequest.read(request.body());
    metrics.count("te_request_failure", "err", "model_type");
    throw TeiException.backend("Model is not an embedding model with SPLADE pooling", null);
  }
}
