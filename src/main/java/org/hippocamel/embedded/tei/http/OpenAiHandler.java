package org.hippocamel.embedded.tei.http;

import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Embeddings;

/** {@code POST /v1/embeddings} and {@code /embeddings}: OpenAI's shape, floats or base64. */
final class OpenAiHandler implements Handler {
  private final Embedder embedder;

  OpenAiHandler(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public ErrorBody errors() {
    return ErrorBody.OPENAI;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    OpenAiRequest body = OpenAiRequest.read(request.body());
    return embedder.embed(
        request,
        body.input(),
        body.call(request.lane(), embedder.autoTruncate()),
        embeddings -> write(embeddings, body.base64()));
  }

  private static byte[] write(Embeddings embeddings, boolean base64) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "list");
          json.writeArrayFieldStart("data");
          int index = 0;
          for (float[] vector : embeddings.vectors()) {
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
          json.writeStringField("model", Info.MODEL_ID);
          json.writeObjectFieldStart("usage");
          json.writeNumberField("prompt_tokens", embeddings.tokens());
          json.writeNumberField("total_tokens", embeddings.tokens());
          json.writeEndObject();
          json.writeEndObject();
        });
  }
}
