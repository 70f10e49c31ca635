package org.hippocamel.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The routes of one life of the scripted TEI, with what a real one checks before it looks at texts:
 * key, content type, length, JSON, shape. Thread-safe.
 */
final class StubRoutes implements StubServer.Handler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SHAPE = "Failed to deserialize the JSON body into the target type: ";

  private final StubTei.Options options;
  private final Failures failures;
  private final ModelCalls model;

  StubRoutes(StubTei.Options options, Counters counters, Failures failures) {
    this.options = options;
    this.failures = failures;
    this.model =
        options.reranks
            ? new RerankAnswers(options, counters, failures)
            : new EmbedAnswers(options, counters, failures);
  }

  @Override
  public HttpReply answer(HttpCall call) throws InterruptedException {
    boolean get = call.method().equals("GET");
    return switch (call.path()) {
      case "/health", "/ping" -> get ? health() : HttpReply.empty(405);
      case "/" -> get ? health() : known(call, "POST");
      case "/info" -> known(call, "GET");
      case "/embed", "/v1/embeddings", "/embeddings", "/tokenize", "/rerank", "/predict" ->
          known(call, "POST");
      default -> HttpReply.empty(404);
    };
  }

  private HttpReply health() {
    return failures.script().pending(Effect.UNAVAILABLE).isPresent()
        ? HttpReply.json(503, StubJson.error("Unhealthy", "unhealthy"))
        : HttpReply.empty(200);
  }

  private HttpReply known(HttpCall call, String method) throws InterruptedException {
    if (!call.method().equals(method)) {
      return HttpReply.empty(405);
    }
    String key = options.apiKey;
    if (key != null && !("Bearer " + key).equals(call.header("authorization"))) {
      return HttpReply.empty(401);
    }
    return call.path().equals("/info")
        ? HttpReply.json(200, StubJson.info(options, modelId()))
        : posted(call);
  }

  private HttpReply posted(HttpCall call) throws InterruptedException {
    if (!call.header("content-type").startsWith("application/json")) {
      return HttpReply.text(415, "Expected request with `Content-Type: application/json`");
    }
    if (call.body().length > options.payloadLimit) {
      return ModelCalls.tooLarge();
    }
    JsonNode body;
    try {
      body = JSON.readTree(call.body());
    } catch (JsonProcessingException e) {
      return HttpReply.text(
          400, "Failed to parse the request body as JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (call.path()) {
      case "/tokenize" -> tokenize(body);
      case "/rerank" ->
          options.reranks ? rerank(call, body) : wrongModel("model is not a re-ranker model");
      case "/predict" -> wrongModel("Model is not a classifier model");
      case "/v1/embeddings", "/embeddings" -> embed(call, body, "input", true);
      default -> embed(call, body, "inputs", false);
    };
  }

  private HttpReply embed(HttpCall call, JsonNode body, String field, boolean openAi)
      throws InterruptedException {
    if (options.reranks) {
      return wrongModel("Model is not an embedding model");
    }
    List<String> texts = texts(body.path(field));
    return texts == null
        ? shape(field)
        : model.answer(new StubTei.Call(call.path(), texts, call.headers(), body), openAi);
  }

  private HttpReply rerank(HttpCall call, JsonNode body) throws InterruptedException {
    List<String> texts = body.path("texts").isArray() ? texts(body.path("texts")) : null;
    if (!body.path("query").isTextual() || texts == null) {
      return HttpReply.text(422, SHAPE + "missing field `query` or `texts`");
    }
    return texts.isEmpty()
        ? HttpReply.json(400, StubJson.error("Empty", "`texts` cannot be empty"))
        : model.answer(new StubTei.Call(call.path(), texts, call.headers(), body), false);
  }

  /** The one that is named in replies. */
  private String modelId() {
    return failures.script().pending(Effect.MODEL).map(Fault::word).orElse(options.modelId);
  }

  private HttpReply tokenize(JsonNode body) {
    List<String> texts = texts(body.path("inputs"));
    if (texts == null) {
      return shape("inputs");
    }
    if (texts.size() > options.maxClientBatchSize) {
      return HttpReply.json(
          options.dialect.invalid(),
          StubJson.error("Validation", ModelCalls.batchSize(texts, options)));
    }
    boolean specials = body.path("add_special_tokens").asBoolean(true);
    return HttpReply.json(200, StubJson.tokens(texts, specials));
  }

  /** Null for what is neither a text nor texts; token ids are not scripted. */
  private static List<String> texts(JsonNode inputs) {
    if (inputs.isTextual()) {
      return List.of(inputs.textValue());
    }
    if (!inputs.isArray()) {
      return null;
    }
    List<String> texts = new ArrayList<>(inputs.size());
    for (JsonNode text : inputs) {
      if (!text.isTextual()) {
        return null;
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  private static HttpReply shape(String field) {
    return HttpReply.text(
        422, SHAPE + field + ": data did not match any variant of untagged enum Input");
  }

  private static HttpReply wrongModel(String message) {
    return HttpReply.json(424, StubJson.error("Backend", "Backend error: " + message));
  }
}
