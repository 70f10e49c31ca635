package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.Quoted;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Space;

/**
 * Reads {@code POST /v1/embeddings} as OpenAI's clients send it: {@code input} is a string or an
 * array of strings; blanks are text, as they are for OpenAI and TEI. {@code model} and {@code user}
 * are accepted and change nothing: one model is served. Thread-safe.
 */
public final class EmbeddingsRequest {
  private static final List<String> FORMATS = List.of("float", "base64");
  private static final Bound NAME = Bound.fixed(500);
  private static final Bound DIMENSIONS = Bound.fixed(100_000);

  private final Bound items;
  private final Bound text;
  private final int minDimensions;
  private final ActiveSpace space;

  /**
   * @param space whose model is served
   */
  public EmbeddingsRequest(Limits limits, ActiveSpace space) {
    this.items = new Bound(limits.maxInputs(), "limits.max-inputs");
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
    this.minDimensions = limits.minDimensions();
    this.space = space;
  }

  /**
   * @throws Problem Malformed, or Invalid with all faults; Unavailable while no model is known
   */
  public Embeddings parse(byte[] body) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    List<String> texts = texts(in);
    in.string("model", false, NAME);
    in.string("user", false, NAME);
    String format = in.choice("encoding_format", FORMATS);
    int dimensions = in.integer("dimensions", 1, DIMENSIONS, 0);
    in.finish();
    Space active = space.get();
    return new Embeddings(texts, "base64".equals(format), served(active, dimensions), active.id());
  }

  /** Refused before the model is asked: a wrong length would cost every text's embedding. */
  private int served(Space active, int asked) {
    int own = active.dimensions();
    if (asked == 0 || asked == own) {
      return own;
    }
    if (minDimensions == 0) {
      throw wrongLength(
          asked,
          own + "; leave the field out, or set limits.min-dimensions for a Matryoshka model");
    }
    if (asked > own || asked < minDimensions) {
      throw wrongLength(asked, minDimensions + " (limits.min-dimensions) to " + own);
    }
    return asked;
  }

  private static Problem wrongLength(int asked, String instead) {
    return Problem.invalid(
        "/dimensions", "dimensions " + asked + " is not what the served model gives: " + instead);
  }

  private List<String> texts(JsonObject in) {
    JsonNode input = in.value("input", true);
    if (input == null) {
      return List.of();
    }
    if (input.isTextual()) {
      check(in, in.at("input"), input);
      return List.of(input.textValue());
    }
    if (!input.isArray()) {
      in.refuse("input", "input must be a text or a list of texts, is " + Sort.of(input));
      return List.of();
    }
    if (input.isEmpty() || input.size() > items.max()) {
      in.refuse("input", "input must hold 1 to " + items + " texts, it holds " + input.size());
      return List.of();
    }
    if (input.get(0).isNumber() || input.get(0).isArray()) {
      in.refuse(
          "input",
          "input holds token ids, which are those of another model's tokenizer: send the texts"
              + " themselves (LangChain for Python: check_embedding_ctx_length=False)");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < input.size(); i++) {
      check(in, Pointer.child(in.at("input"), i), input.get(i));
      texts.add(input.get(i).textValue());
    }
    return texts;
  }

  private void check(JsonObject in, String at, JsonNode one) {
    String fault =
        one.isTextual() ? fault(one.textValue()) : "input must hold texts, not " + Sort.of(one);
    if (fault != null) {
      in.errors().add(new FieldError(at, fault));
    }
  }

  private String fault(String one) {
    if (one.isEmpty()) {
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
