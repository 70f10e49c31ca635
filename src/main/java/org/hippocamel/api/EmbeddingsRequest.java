package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.Quoted;

/**
 * Reads {@code POST /v1/embeddings} as OpenAI's clients send it: {@code input} is a string or an
 * array of strings. {@code model} and {@code user} are accepted and change nothing: one model is
 * served. Thread-safe.
 */
public final class EmbeddingsRequest {
  private static final List<String> FORMATS = List.of("float", "base64");
  private static final Bound NAME = Bound.fixed(500);
  private static final Bound DIMENSIONS = Bound.fixed(8_192);

  private final Bound items;
  private final Bound text;

  public EmbeddingsRequest(Limits limits) {
    this.items = new Bound(limits.maxItems(), "limits.max-items");
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
  }

  /**
   * @throws Problem Malformed, or Invalid with all faults
   */
  public Embeddings parse(byte[] body) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    List<String> texts = texts(in);
    in.string("model", false, NAME);
    in.string("user", false, NAME);
    String format = in.choice("encoding_format", FORMATS);
    int dimensions = in.integer("dimensions", 0, DIMENSIONS, 0);
    in.finish();
    return new Embeddings(texts, "base64".equals(format), dimensions == 0 ? null : dimensions);
  }

  private List<String> texts(JsonObject in) {
    JsonNode input = in.value("input", true);
    if (input == null) {
      return List.of();
    }
    if (!input.isArray()) {
      String one = in.string("input", true, text);
      return one == null ? List.of() : List.of(one);
    }
    if (input.isEmpty() || input.size() > items.max()) {
      in.refuse("input", "input must hold 1 to " + items + " texts, it holds " + input.size());
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      JsonNode one = input.get(i);
      if (!one.isTextual()) {
        in.refuse(
            "input", "input must hold texts; token arrays are not taken, send the text itself");
        return List.of();
      }
      String fault = fault(one.textValue());
      if (fault != null) {
        in.errors().add(new FieldError(Pointer.child(in.at("input"), i), fault));
      }
      texts.add(one.textValue());
    }
    return texts;
  }

  private String fault(String one) {
    if (one.isBlank()) {
      return "a text of input must not be empty";
    }
    if (one.length() > text.max()) {
      return "a text of input has " + one.length() + " characters, the limit is " + text;
    }
    int broken = Quoted.brokenSurrogate(one);
    return broken < 0
        ? null
        : "a text of input is not Unicode: half a surrogate pair at character " + broken;
  }
}
