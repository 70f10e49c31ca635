package org.hippocamel.embedded.tei.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.Token;

/** {@code POST /tokenize}: takes no permit, so it never answers 429. */
final class TokenizeHandler implements Handler {
  private final Infer infer;
  private final Inference inference;

  TokenizeHandler(Infer infer, Inference inference) {
    this.infer = infer;
    this.inference = inference;
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    TokenizeRequest body = TokenizeRequest.read(request.body());
    int size = body.texts().size();
    if (size == 0) {
      throw inference.empty("inputs");
    }
    inference.checkBatch(size);
    return infer
        .tokenize(body.texts(), request.lane(), body.addSpecialTokens(), body.promptName())
        .thenApply(texts -> Reply.json(200, Json.write(json -> write(json, texts))));
  }

  private static void write(JsonGenerator json, List<List<Token>> texts) throws IOException {
    json.writeStartArray();
    for (List<Token> tokens : texts) {
      json.writeStartArray();
      for (Token token : tokens) {
        json.writeStartObject();
        json.writeNumberField("id", token.id());
        json.writeStringField("text", token.text());
        json.writeBooleanField("special", token.special());
        offset(json, "start", token.start());
        offset(json, "stop", token.stop());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void offset(JsonGenerator json, String name, int value) throws IOException {
    if (value < 0) {
      json.writeNullField(name);
    } else {
      json.writeNumberField(name, value);
    }
  }
}
