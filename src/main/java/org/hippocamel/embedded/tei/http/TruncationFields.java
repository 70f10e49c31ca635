package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import org.hippocamel.embedded.tei.core.Truncation;

/** The two optional fields of every inference body but OpenAI's. */
final class TruncationFields {
  private final JsonBody json;
  private Boolean truncate;
  private Truncation direction = Truncation.RIGHT;

  TruncationFields(JsonBody json) {
    this.json = json;
  }

  /** As {@link JsonBody.Fields#read}. */
  boolean read(String name) throws IOException {
    switch (name) {
      case "truncate" -> truncate = json.isNull() ? null : (Boolean) json.bool(name);
      case "truncation_direction" -> direction = direction(json.string(name));
      default -> {
        return false;
      }
    }
    return true;
  }

  /**
   * @param autoTruncate what the server does when the caller does not say
   */
  Truncation truncation(boolean autoTruncate) {
    boolean cut = truncate == null ? autoTruncate : truncate;
    return cut ? direction : Truncation.NONE;
  }

  private Truncation direction(String value) {
    return switch (value) {
      case "Left", "left" -> Truncation.LEFT;
      case "Right", "right" -> Truncation.RIGHT;
      default -> throw json.wrong("truncation_direction", "`Left` or `Right`");
    };
  }
}
