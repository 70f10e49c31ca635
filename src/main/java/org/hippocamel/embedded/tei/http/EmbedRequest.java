package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;

/** The body of {@code /embed}, with TEI's defaults where a field is absent. */
final class EmbedRequest implements JsonBody.Fields {
  private final JsonBody json;
  private final EmbedAllRequest shared;
  private boolean normalize = true;
  private Integer dimensions;

  private EmbedRequest(JsonBody json) {
    this.json = json;
    this.shared = new EmbedAllRequest(json);
  }

  static EmbedRequest read(byte[] body) {
    return JsonBody.read(body, EmbedRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "normalize" -> normalize = json.bool(name);
      case "dimensions" -> dimensions = json.isNull() ? null : (Integer) json.unsigned(name);
      default -> {
        return shared.read(name);
      }
    }
    return true;
  }

  @Override
  public void check() {
    shared.check();
  }

  Input inputs() {
    return shared.inputs();
  }

  InferCall call(Lane lane, boolean autoTruncate) {
    return shared.call(lane, autoTruncate, new Task.Embed(normalize, dimensions));
  }
}
