package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.List;
import org.hippocamel.embedded.tei.core.EncodingInput;

/** The body of {@code /tokenize}: texts only, no token ids. */
final class TokenizeRequest implements JsonBody.Fields {
  private final JsonBody json;
  private Input inputs;
  private boolean addSpecialTokens = true;
  private String promptName;

  private TokenizeRequest(JsonBody json) {
    this.json = json;
  }

  static TokenizeRequest read(byte[] body) {
    return JsonBody.read(body, TokenizeRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "inputs" -> inputs = texts(json.input(name));
      case "add_special_tokens" -> addSpecialTokens = json.bool(name);
      case "prompt_name" -> promptName = json.isNull() ? null : json.string(name);
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

  List<EncodingInput> texts() {
    return inputs.items();
  }

  boolean addSpecialTokens() {
    return addSpecialTokens;
  }

  String promptName() {
    return promptName;
  }

  private Input texts(Input read) {
    if (read.items().stream().allMatch(EncodingInput.Text.class::isInstance)) {
      return read;
    }
    if (!read.isBatch() && read.items().get(0).isEmpty()) {
      return Input.batch(List.of()); // an empty array
    }
    throw json.noVariant("inputs", "Input");
  }
}
