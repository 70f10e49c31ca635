package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;

/** The body of {@code /embed_all}, which {@code /embed} and {@code /embed_sparse} share. */
final class EmbedAllRequest implements JsonBody.Fields {
  private final JsonBody json;
  private final TruncationFields truncation;
  private Input inputs;
  private String promptName;

  EmbedAllRequest(JsonBody json) {
    this.json = json;
    this.truncation = new TruncationFields(json);
  }

  static EmbedAllRequest read(byte[] body) {
    return JsonBody.read(body, EmbedAllRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "inputs" -> inputs = json.input(name);
      case "prompt_name" -> promptName = json.isNull() ? null : json.string(name);
      default -> {
        return truncation.read(name);
      }
    }
    return true;
  }

  @Override
  public void check() {
    json.require(inputs, "inputs");
  }

  Input inputs() {
    return inputs;
  }

  InferCall call(Lane lane, boolean autoTruncate, Task task) {
    return new InferCall(
        inputs.items(), lane, truncation.truncation(autoTruncate), promptName, task);
  }
}
