package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.embedded.tei.core.EncodingInput;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;

/** The body of {@code /similarity}: one sentence, the others, and parameters that may be absent. */
final class SimilarityRequest implements JsonBody.Fields {
  private final JsonBody json;
  private final Inputs inputs = new Inputs();
  private final Parameters parameters;
  private boolean seen;

  private SimilarityRequest(JsonBody json) {
    this.json = json;
    this.parameters = new Parameters();
  }

  static SimilarityRequest read(byte[] body) {
    return JsonBody.read(body, SimilarityRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "inputs" -> {
        json.object(name, inputs);
        seen = true;
      }
      case "parameters" -> {
        if (!json.isNull()) {
          json.object(name, parameters);
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
    json.require(seen ? this : null, "inputs");
  }

  /** Without the source sentence. */
  int size() {
    return inputs.sentences.size();
  }

  /** The source sentence first. */
  Input input() {
    List<EncodingInput> items = new ArrayList<>();
    items.add(new EncodingInput.Text(inputs.source));
    inputs.sentences.forEach(sentence -> items.add(new EncodingInput.Text(sentence)));
    return Input.batch(items);
  }

  InferCall call(Input input, Lane lane, boolean autoTruncate) {
    return new InferCall(
        input.items(),
        lane,
        parameters.truncation.truncation(autoTruncate),
        parameters.promptName,
        new Task.Embed(false, null));
  }

  private final class Inputs implements JsonBody.Fields {
    private String source;
    private List<String> sentences;

    @Override
    public boolean read(String name) throws IOException {
      switch (name) {
        case "source_sentence" -> source = json.string(name);
        case "sentences" -> sentences = json.strings(name);
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void check() {
      json.require(source, "source_sentence");
      json.require(sentences, "sentences");
    }
  }

  private final class Parameters implements JsonBody.Fields {
    private final TruncationFields truncation = new TruncationFields(json);
    private String promptName;

    @Override
    public boolean read(String name) throws IOException {
      if (name.equals("prompt_name")) {
        promptName = json.isNull() ? null : json.string(name);
        return true;
      }
      return truncation.read(name);
    }

    @Override
    public void check() {
      // all of them may be absent
    }
  }
}
