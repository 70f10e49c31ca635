package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;

/** {@code POST /embed}: an array of vectors, also for a single input. */
final class EmbedHandler implements Handler {
  private final Inference inference;

  EmbedHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    EmbedRequest body = EmbedRequest.read(request.body());
    return inference.run(
        request,
        body.inputs(),
        body.call(request.lane(), inference.info().autoTruncate()),
        EmbedHandler::write);
  }

  private static byte[] write(InferResponse response) {
    return Json.write(json -> Json.vectors(json, response.firstRows()));
  }
}
