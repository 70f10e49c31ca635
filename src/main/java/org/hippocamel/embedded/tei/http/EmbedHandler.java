package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Embeddings;

/** {@code POST /embed}: an array of vectors, also for a single input. */
final class EmbedHandler implements Handler {
  private final Embedder embedder;

  EmbedHandler(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    EmbedRequest body = EmbedRequest.read(request.body());
    return embedder.embed(
        request,
        body.inputs(),
        body.call(request.lane(), embedder.autoTruncate()),
        EmbedHandler::write);
  }

  private static byte[] write(Embeddings embeddings) {
    return Json.write(
        json -> {
          json.writeStartArray();
          for (float[] vector : embeddings.vectors()) {
            Json.vector(json, vector);
          }
          json.writeEndArray();
        });
  }
}
