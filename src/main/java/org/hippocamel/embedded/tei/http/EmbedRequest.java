package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import org.hippocamel.embedded.tei.core.EmbedCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Truncation;

/** The body of {@code /embed}, with TEI's defaults where a field is absent. */
final class EmbedRequest implements JsonBody.Fields {
  private final JsonBody json;
  private Input inputs;
  private Boolean truncate;
  private Truncation direction = Truncation.RIGHT;
  private String promptName;
  private boolean normalize = true;
  private Integer dimensions;

  private EmbedRequest(JsonBody json) {
    this.json = json;
  }

  static EmbedRequest read(byte[] body) {
    return JsonBody.read(body, EmbedRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "inputs" -> inputs = json.input(name);
      case "truncate" -> truncate = json.isNull() ? null : (Boolean) json.bool(name);
      case "truncation_direction" -> direction = direction(json.string(name));
      case "prompt_name" -> promptName = json.isNull() ? null : json.string(name);
      case "normalize" -> normalize = json.bool(name);
      case "dimensions" -> dimensions = json.isNull() ? null : (Integer) json.unsigned(name);
      default -> {
        return false;
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

  EmbedCall call(Lane lane, boolean autoTruncate) {
    boolean cut = truncate == null ? autoTruncate : truncate;
    Truncation truncation = cut ? direction : Truncation.NONE;
    return new EmbedCall(inputs.items(), lane, truncation, promptName, normalize, dimensions);
  }

  private Truncation direction(String value) {
    return switch (value) {
      case "Left", "left" -> Truncation.LEFT;
      case "Right", "right" -> Truncation.RIGHT;
      default -> throw json.wrong("truncation_direction", "`Left` or `Right`");
    };
  }
}
