package org.hippocamel.embedded.tei.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;
import org.hippocamel.embedded.tei.core.TeiException;

/** {@code POST /rerank}: every text with its score for the query, the best first. */
final class RerankHandler implements Handler {
  private final Inference inference;

  RerankHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    RerankRequest body = RerankRequest.read(request.body());
    if (body.texts().isEmpty()) {
      throw inference.empty("texts");
    }
    if (!inference.info().modelType().isReranker()) {
      inference.metrics().count("te_request_failure", "err", "model_type");
      throw TeiException.backend("model is not a re-ranker model", null);
    }
    Input pairs = body.pairs();
    return inference.run(
        request,
        pairs,
        body.call(pairs, request.lane(), inference.info().autoTruncate()),
        response -> write(response, body.returnText() ? body.texts() : null));
  }

  private static byte[] write(InferResponse response, List<String> texts) {
    float[] scores = new float[response.results().size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = response.firstRows().get(i)[0];
    }
    List<Scored> ranks = Scored.best(scores);
    return Json.write(
        json -> {
          json.writeStartArray();
          for (Scored rank : ranks) {
            json.writeStartObject();
            json.writeNumberField("index", rank.index());
            if (texts != null) {
              json.writeStringField("text", texts.get(rank.index()));
            }
            json.writeFieldName("score");
            Json.number(json, rank.score());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
