package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.InferResponse;

/** {@code POST /v1/embeddings} and {@code /embeddings}: OpenAI's shape, floats or base64. */
final class OpenAiHandler implements Handler {
  private final Inference inference;

  OpenAiHandler(Inference inference) {
    this.inference = inference;
  }

  @Override
  public ErrorBody errors() {
    return ErrorBody.OPENAI;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    OpenAiRequest body = OpenAiRequest.read(request.body());
    return inference.run(
        request,
        body.input(),
        body.call(request.lane(), inference.info().autoTruncate()),
        response -> write(response, body.base64()));
  }

  private byte[] write(InferResponse response, boolean base64) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          int index = 0;
          for (float[] vector : response.firstRows()) {
            json.writeStartObject();
            json.writeStringField("object", "embedding");
            json.writeFieldName("embedding");
            if (base64) {
              Json.base64(json, vector);
            } else {
              Json.vector(json, vector);
            }
            json.writeNumberField("index", index++);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("model", inference.info().modelId());
          json.writeObjectFieldStart("usage");
          json.writeNumberField("prompt_tokens", response.tokens());
          json.writeNumberField("total_tokens", response.tokens());
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
