package org.hippocamel.embedded.tei.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.embedded.tei.core.ErrorType;
import org.hippocamel.embedded.tei.core.Infer;
import org.hippocamel.embedded.tei.core.Metrics;
import org.hippocamel.embedded.tei.core.ModelType;
import org.hippocamel.embedded.tei.core.TeiException;

/** The routes of a TEI; what they answer depends on the type of the model. */
public final class Router {
  /**
   * @param open may be called without the key
   */
  record Route(Handler handler, boolean open, boolean readsJson) {}

  private final Map<String, Map<String, Route>> routes = new HashMap<>();

  public Router(Infer infer, Info info, Metrics metrics) {
    Inference inference = new Inference(infer, info, metrics);
    Handler embed = new EmbedHandler(inference);
    Handler rerank = new RerankHandler(inference);
    Handler predict = new PredictHandler(inference);
    ModelType type = info.modelType();
    post(
        type instanceof ModelType.Embedding ? embed : type.isReranker() ? rerank : predict,
        "/",
        "/invocations");
    post(embed, "/embed");
    post(new EmbedAllHandler(inference), "/embed_all");
    post(new EmbedSparseHandler(metrics), "/embed_sparse");
    post(new OpenAiHandler(inference), "/v1/embeddings", "/embeddings");
    post(new SimilarityHandler(inference), "/similarity");
    post(rerank, "/rerank");
    post(predict, "/predict");
    post(new TokenizeHandler(infer, inference), "/tokenize");
    post(new DecodeHandler(infer, inference), "/decode");
    byte[] infoBody = info.toJson();
    get(false, request -> now(Reply.json(200, infoBody)), "/info");
    get(true, request -> infer.health().thenApply(Router::health), "/health", "/ping", "/");
    get(true, request -> now(Reply.text(200, metrics.render())), "/metrics");
  }

  /** By method, in upper case; null for an unknown path. */
  Map<String, Route> at(String path) {
    return routes.get(path);
  }

  private static CompletableFuture<Reply> now(Reply reply) {
    return CompletableFuture.completedFuture(reply);
  }

  private static Reply health(boolean healthy) {
    return healthy
        ? Reply.empty(200)
        : ErrorBody.NATIVE.reply(new TeiException(ErrorType.UNHEALTHY, "unhealthy"));
  }

  private void post(Handler handler, String... paths) {
    for (String path : paths) {
      add("POST", path, new Route(handler, false, true));
    }
  }

  private void get(boolean open, Handler handler, String... paths) {
    for (String path : paths) {
      add("GET", path, new Route(handler, open, false));
      add("HEAD", path, new Route(handler, open, false));
    }
  }

  private void add(String method, String path, Route route) {
    routes.computeIfAbsent(path, key -> new HashMap<>()).put(method, route);
  }
}
