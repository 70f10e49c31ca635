package org.hippocamel.embedded.tei.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;
import org.hippocamel.embedded.tei.core.ModelType;

/** {@code POST /predict}: the labels of each input with their scores, the best first. */
final class PredictHandler implements Handler {
  private final Inference inference;

  PredictHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    PredictRequest body = PredictRequest.read(request.body());
    return inference.run(
        request,
        body.inputs(),
        body.call(request.lane(), inference.info().autoTruncate()),
        response -> write(response, body.inputs().isBatch()));
  }

  private byte[] write(InferResponse response, boolean isBatch) {
    List<List<Scored>> all = response.firstRows().stream().map(Scored::best).toList();
    return Json.write(
        json -> {
          if (!isBatch) {
            write(json, all.get(0));
            return;
          }
          json.writeStartArray();
          for (List<Scored> predictions : all) {
            write(json, predictions);
          }
          json.writeEndArray();
        });
  }

  private void write(JsonGenerator json, List<Scored> predictions) throws IOException {
    List<String> labels = ((ModelType.Classifier) inference.info().modelType()).labels();
    json.writeStartArray();
    for (Scored prediction : predictions) {
      json.writeStartObject();
      json.writeFieldName("score");
      Json.number(json, prediction.score());
      json.writeStringField("label", labels.get(prediction.index()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
