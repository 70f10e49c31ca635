package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.Quoted;
import org.hippocamel.rerank.RerankRequest;

/**
 * Reads {@code POST /v1/rerank} as clients of Jina's and Cohere's APIs send it: a document is a
 * string or an object with {@code text}, and may be empty. {@code model} and the lengths to which
 * those services cut documents are accepted and change nothing: one model is served, and it cuts at
 * its own length. Thread-safe.
 */
public final class RerankRequests {
  private static final Bound NAME = Bound.fixed(500);
  private static final Bound NUMBER = Bound.fixed(1_000_000);

  private final Bound query;
  private final Bound text;
  private final Bound documents;

  /**
   * @param maxDocuments of one request
   */
  public RerankRequests(Limits limits, int maxDocuments) {
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
    this.documents = new Bound(maxDocuments, "rerank.max-documents");
  }

  /**
   * @throws Problem Malformed, or Invalid with all faults
   */
  public Ranking parse(byte[] body) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    String words = in.string("query", true, query);
    List<String> texts = texts(in);
    int top = in.integer("top_n", 1, NUMBER, NUMBER.max());
    boolean shown = in.bool("return_documents", true);
    in.string("model", false, NAME);
    in.integer("max_tokens_per_doc", 1, NUMBER, 1);
    in.integer("max_chunks_per_doc", 1, NUMBER, 1);
    in.finish();
    return new Ranking(new RerankRequest(words, texts, true), top, shown);
  }

  /** What is to be scored; somebody waits for nothing else. */
  public RerankRequest texts(Ranking asked) {
    return asked.request();
  }

  private List<String> texts(JsonObject in) {
    JsonNode all = in.value("documents", true);
    List<String> texts = new ArrayList<>();
    if (all == null) {
      return texts;
    }
    if (!all.isArray()) {
      in.refuse("documents", "documents must be a list, is " + Sort.of(all));
    } else if (all.isEmpty() || all.size() > documents.max()) {
      in.refuse(
          "documents", "documents must hold 1 to " + documents + " texts, it holds " + all.size());
    } else {
      for (int i = 0; i < all.size(); i++) {
        texts.add(text(Pointer.child(in.at("documents"), i), all.get(i), in.errors()));
      }
    }
    return texts;
  }

  private String text(String at, JsonNode document, List<FieldError> errors) {
    if (!document.isObject()) {
      return checked(at, document, errors);
    }
    JsonObject object = JsonObject.of(document, at, errors);
    JsonNode value = object.value("text", true);
    object.close();
    return value == null ? "" : checked(object.at("text"), value, errors);
  }

  private String checked(String at, JsonNode value, List<FieldError> errors) {
    String fault = fault(value);
    if (fault != null) {
      errors.add(new FieldError(at, "a document " + fault));
    }
    return value.asText();
  }

  private String fault(JsonNode value) {
    if (!value.isTextual()) {
      return "must be a string or an object with text, is " + Sort.of(value);
    }
    String one = value.textValue();
    if (one.length() > text.max()) {
      return "has " + one.length() + " characters, the limit is " + text;
    }
    int broken = Quoted.brokenSurrogate(one);
    return broken < 0 ? null : "is not Unicode: half a surrogate pair at character " + broken;
  }
}
