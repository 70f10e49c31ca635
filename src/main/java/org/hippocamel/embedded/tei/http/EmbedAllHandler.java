package org.hippocamel.embedded.tei.http;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;
import org.hippocamel.embedded.tei.core.Task;

/** {@code POST /embed_all}: an array of vectors per input, one per token, never normalised. */
final class EmbedAllHandler implements Handler {
  private final Inference inference;

  EmbedAllHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    EmbedAllRequest body = EmbedAllRequest.read(request.body());
    return inference.run(
        request,
        body.inputs(),
        body.call(request.lane(), inference.info().autoTruncate(), new Task.EmbedAll()),
        EmbedAllHandler::write);
  }

  private static byte[] write(InferResponse response) {
    return Json.write(
        json -> {
          json.writeStartArray();
          for (float[][] tokens : response.results()) {
            Json.vectors(json, Arrays.asList(tokens));
          }
          json.writeEndArray();
        });
  }
}
