package org.hippocamel.embedded.tei.http;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.ErrorType;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.TeiException;

/** The routes of other kinds of model: a readable body is answered 424, for good. */
final class WrongModelHandler implements Handler {
  private interface Check {
    void check(byte[] body);
  }

  private final Check check;
  private final String message;
  private final Metrics metrics;

  private WrongModelHandler(Check check, String message, Metrics metrics) {
    this.check = check;
    this.message = message;
    this.metrics = metrics;
  }

  static Handler rerank(Metrics metrics) {
    return new WrongModelHandler(
        body -> JsonBody.read(body, Rerank::new), "model is not a re-ranker model", metrics);
  }

  static Handler predict(Metrics metrics) {
    return new WrongModelHandler(
        body -> JsonBody.read(body, Predict::new), "Model is not a classifier model", metrics);
  }

  static Handler sparse(Metrics metrics) {
    return new WrongModelHandler(
        EmbedRequest::read, "Model is not an embedding model with SPLADE pooling", metrics);
  }

  @Override
  public CompletableFuture<Reply> handle(Request request) {
    check.check(request.body());
    metrics.count("te_request_failure", "err", "model_type");
    throw TeiException.backend(message, null);
  }

  private static final class Rerank implements JsonBody.Fields {
    private final JsonBody json;
    private String query;
    private List<String> texts;

    Rerank(JsonBody json) {
      this.json = json;
    }

    @Override
    public boolean read(String name) throws IOException {
      switch (name) {
        case "query" -> query = json.string(name);
        case "texts" -> texts = json.strings(name);
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void check() {
      json.require(query, "query");
      json.require(texts, "texts");
      if (texts.isEmpty()) {
        throw new TeiException(ErrorType.EMPTY, "`texts` cannot be empty");
      }
    }
  }

  private static final class Predict implements JsonBody.Fields {
    private final JsonBody json;
    private boolean seen;

    Predict(JsonBody json) {
      this.json = json;
    }

    @Override
    public boolean read(String name) throws IOException {
      if (name.equals("inputs")) {
        json.stringOrArray(name);
        seen = true;
      }
      return name.equals("inputs");
    }

    @Override
    public void check() {
      json.require(seen ? this : null, "inputs");
    }
  }
}
