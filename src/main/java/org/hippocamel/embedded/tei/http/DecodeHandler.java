package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Infer;

/** {@code POST /decode}: ids to texts; takes no permit, so it never answers 429. */
final class DecodeHandler implements Handler {
  private final Infer infer;
  private final Inference inference;

  DecodeHandler(Infer infer, Inference inference) {
    this.infer = infer;
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    DecodeRequest body = DecodeRequest.read(request.body());
    if (body.isBatch()) {
      inference.checkBatch(body.ids().size());
    }
    return infer
        .decode(body.ids(), request.lane(), body.skipSpecialTokens())
        .thenApply(
            texts ->
                Reply.json(
                    200,
                    Json.write(
                        json -> json.writeArray(texts.toArray(String[]::new), 0, texts.size()))));
  }
}
