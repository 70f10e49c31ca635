package org.hippocamel.embedded.tei.http;

import org.hippocamel.embedded.tei.core.TeiException;

/** The two shapes of an error: TEI's own, and the flat one of its OpenAI routes. */
enum ErrorBody {
  NATIVE,
  OPENAI;

  Reply reply(TeiException error) {
    int status = error.type().status();
    String kind = error.type().wireName();
    return Reply.json(
        status,
        Json.write(
            json -> {
              json.writeStartObject();
              if (this == OPENAI) {
                json.writeStringField("message", error.getMessage());
                json.writeNumberField("code", status);
                json.writeStringField("type", kind);
              } else {
                json.writeStringField("error", error.getMessage());
                json.writeStringField("error_type", kind);
              }
              json.writeEndObject();
            }));
  }
}
