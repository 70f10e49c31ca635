package org.hippocamel.embedded.tei.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/** Listens, checks path, key and method in TEI's order, and hands requests to their route. */
public final class TeiServer implements AutoCloseable {
  private final Router router;
  private final String authorization;
  private final long payloadLimit;
  private final Vertx vertx;
  private final HttpServer server;

  /**
   * Binds.
   *
   * @param port 0 for a free one
   * @param apiKey null for none
   * @param payloadLimit bytes of a body
   * @throws IllegalStateException if the address cannot be bound
   */
  public TeiServer(Router router, String host, int port, String apiKey, long payloadLimit) {
    this.router = router;
    this.authorization = apiKey == null ? null : "Bearer " + apiKey;
    this.payloadLimit = payloadLimit;
    this.vertx = vertx();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false) // the reference speaks HTTP/1.1 alone
            .setHandle100ContinueAutomatically(true);
    this.server = vertx.createHttpServer(options).requestHandler(this::route);
    try {
      server.listen(port, host).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      close();
      String address = host + ":" + port;
      throw new IllegalStateException(
          "embedded TEI cannot bind " + address + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  public int port() {
    return server.actualPort();
  }

  /** Closes the port, all connections and the server's threads. */
  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void route(HttpServerRequest request) {
    Exchange exchange = new Exchange(request);
    Map<String, Router.Route> methods = router.at(request.path());
    if (methods == null) {
      exchange.send(Reply.empty(404));
      return;
    }
    if (request.method().name().equals("OPTIONS")) {
      exchange.send(
          Reply.empty(200)
              .with(
                  Map.of(
                      "access-control-allow-methods", "GET,POST",
                      "access-control-allow-headers", "content-type")));
      return;
    }
    Router.Route route = methods.get(request.method().name());
    boolean open = route == null ? methods.containsKey("GET") : route.open();
    if (!open
        && authorization != null
        && !authorization.equals(request.getHeader("authorization"))) {
      exchange.send(Reply.empty(401));
    } else if (route == null) {
      String allowed = String.join(",", new TreeSet<>(methods.keySet()));
      exchange.send(Reply.empty(405).with(Map.of("allow", allowed)));
    } else {
      exchange.run(route, payloadLimit);
    }
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setUseDaemonThread(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }
}
