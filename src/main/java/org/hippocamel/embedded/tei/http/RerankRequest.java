package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.List;
import org.hippocamel.embedded.tei.core.EncodingInput;
import org.hippocamel.embedded.tei.core.InferCall;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.Task;

/** The body of {@code /rerank}; it knows no prompts. */
final class RerankRequest implements JsonBody.Fields {
  private final JsonBody json;
  private final TruncationFields truncation;
  private String query;
  private List<String> texts;
  private boolean rawScores;
  private boolean returnText;

  private RerankRequest(JsonBody json) {
    this.json = json;
    this.truncation = new TruncationFields(json);
  }

  static RerankRequest read(byte[] body) {
    return JsonBody.read(body, RerankRequest::new);
  }

  @Override
  public boolean read(String name) throws IOException {
    switch (name) {
      case "query" -> query = json.string(name);
      case "texts" -> texts = json.strings(name);
      case "raw_scores" -> rawScores = json.bool(name);
      case "return_text" -> returnText = json.bool(name);
      default -> {
        return truncation.read(name);
      }
    }
    return true;
  }

  @Override
  public void check() {
    json.require(query, "query");
    json.require(texts, "texts");
  }

  List<String> texts() {
    return texts;
  }

  boolean returnText() {
    return returnText;
  }

  /** The query before each text; a batch also of one. */
  Input pairs() {
    return Input.batch(
        texts.stream().<EncodingInput>map(text -> new EncodingInput.Dual(query, text)).toList());
  }

  InferCall call(Input pairs, Lane lane, boolean autoTruncate) {
    return new InferCall(
        pairs.items(),
        lane,
        truncation.truncation(autoTruncate),
        null,
        new Task.Predict(rawScores));
  }
}
