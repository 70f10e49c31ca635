package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;
import org.hippocamel.embedded.tei.core.Truncation;

/** The body of {@code /v1/embeddings}: always normalised, truncation as the server says. */
final class OpenAiRequest implements JsonBody.Fields {
  private final JsonBody json;
  private Input input;
  private boolean base64;
  private Integer dimensions;

  private OpenAiRequest(JsonBody json) {
    this.json = json;
  }

  static OpenAiRequest read(byte[] body) {
    return JsonBody.read(body, OpenAiRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "input" -> input = json.input(name);
      case "encoding_format" -> base64 = isBase64(json.string(name));
      case "dimensions" -> dimensions = json.isNull() ? null : (Integer) json.unsigned(name);
      case "model", "user" -> {
        if (!json.isNull()) {
          json.string(name); // checked and ignored: one model is served, whatever is asked for
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  public void check() {
    json.require(input, "input");
  }

  Input input() {
    return input;
  }

  boolean base64() {
    return base64;
  }

  InferCall call(Lane lane, boolean autoTruncate) {
    Truncation truncation = autoTruncate ? Truncation.RIGHT : Truncation.NONE;
    return new InferCall(input.items(), lane, truncation, null, new Task.Embed(true, dimensions));
  }

  private boolean isBase64(String value) {
    return switch (value) {
      case "base64" -> true;
      case "float" -> false;
      default -> throw json.wrong("encoding_format", "`float` or `base64`");
    };
  }
}
