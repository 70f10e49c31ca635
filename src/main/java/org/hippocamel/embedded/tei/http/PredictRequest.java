package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.embedded.tei.core.EncodingInput;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;

/**
 * The body of {@code /predict}. Its inputs have a grammar of their own: {@code "a"} and {@code
 * ["a"]} are one text, {@code ["q", "t"]} is one pair, and only {@code [["a"], ["q", "t"]]} is a
 * batch.
 */
final class PredictRequest implements JsonBody.Fields {
  private static final String WANTED =
      "a string, a pair of strings [string, string] or a batch of mixed strings and pairs"
          + " [[string], [string, string], ...]";

  private final JsonBody json;
  private final TruncationFields truncation;
  private Input inputs;
  private boolean rawScores;

  private PredictRequest(JsonBody json) {
    this.json = json;
    this.truncation = new TruncationFields(json);
  }

  static PredictRequest read(byte[] body) {
    return JsonBody.read(body, PredictRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "inputs" -> inputs = inputs(name);
      case "raw_scores" -> rawScores = json.bool(name);
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

  InferCall call(Lane lane, boolean autoTruncate) {
    return new InferCall(
        inputs.items(),
        lane,
        truncation.truncation(autoTruncate),
        null,
        new Task.Predict(rawScores));
  }

  private Input inputs(String name) throws IOException {
    if (json.isString()) {
      return Input.single(new EncodingInput.Text(json.string(name)));
    }
    if (!json.isArray()) {
      throw json.wrong(name, WANTED);
    }
    List<String> strings = new ArrayList<>();
    List<EncodingInput> batch = new ArrayList<>();
    while (json.nextItem()) {
      if (json.isArray() && strings.isEmpty()) {
        batch.add(sequence(name, json.strings(name)));
      } else if (json.isString() && batch.isEmpty()) {
        strings.add(json.string(name));
      } else {
        throw json.wrong(name, WANTED);
      }
    }
    return batch.isEmpty() ? Input.single(sequence(name, strings)) : Input.batch(batch);
  }

  private EncodingInput sequence(String name, List<String> strings) {
    return switch (strings.size()) {
      case 1 -> new EncodingInput.Text(strings.get(0));
      case 2 -> new EncodingInput.Dual(strings.get(0), strings.get(1));
      default -> throw json.wrongLength(name, strings.size(), WANTED);
    };
  }
}
