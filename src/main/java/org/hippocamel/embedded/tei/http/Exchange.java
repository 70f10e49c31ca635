package org.hippocamel.embedded.tei.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.hippocamel.embedded.tei.core.ErrorType;
import org.hippocamel.embedded.tei.core.Lane;
import org.hippocamel.embedded.tei.core.TeiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request on its way through: reads the body, calls the handler, sends the reply once. */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final String ORIGIN_HEADERS =
      "origin, access-control-request-method, access-control-request-headers";

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final Context context = Vertx.currentContext();
  private boolean answered;

  Exchange(HttpServerRequest request) {
    this.request = request;
    this.response = request.response();
  }

  /**
   * Reads the body up to a limit and hands it over.
   *
   * @param payloadLimit bytes
   */
  void run(Router.Route route, long payloadLimit) {
    if (route.readsJson() && !isJson()) {
      send(Reply.of(Rejection.contentType()));
      return;
    }
    CompletableFuture<Void> gone = new CompletableFuture<>();
    response.closeHandler(closed -> gone.complete(null));
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          // After a refusal the rest is read and forgotten, so that the client gets to the reply.
          if (!answered && body.length() + part.length() > payloadLimit) {
            send(Reply.of(Rejection.length()));
          } else if (!answered) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          if (!answered) {
            handle(route.handler(), new Request(body.getBytes(), lane(), System.nanoTime(), gone));
          }
        });
  }

  /** Sends a reply; call it on the connection's thread. */
  void send(Reply reply) {
    if (answered || response.closed()) {
      return;
    }
    answered = true;
    response.setStatusCode(reply.status());
    response.putHeader("access-control-allow-origin", "*").putHeader("vary", ORIGIN_HEADERS);
    reply.headers().forEach(response::putHeader);
    if (reply.contentType() != null) {
      response.putHeader("content-type", reply.contentType());
    }
    response.end(Buffer.buffer(reply.body()));
  }

  private void handle(Handler handler, Request read) {
    try {
      handler
          .handle(read)
          .whenComplete(
              (reply, error) -> {
                if (!read.gone().isDone()) {
                  Reply answer = error == null ? reply : reply(error, handler.errors());
                  context.runOnContext(ignored -> send(answer));
                }
              });
    } catch (RuntimeException e) {
      send(reply(e, handler.errors()));
    }
  }

  private static Reply reply(Throwable error, ErrorBody shape) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof Rejection rejection) {
      return Reply.of(rejection);
    }
    if (cause instanceof TeiException told) {
      return shape.reply(told);
    }
    LOG.error("embedded TEI failed on a request", cause);
    return shape.reply(new TeiException(ErrorType.BACKEND, "Backend error: internal error"));
  }

  private Lane lane() {
    return "interactive".equals(request.getHeader("x-priority")) ? Lane.INTERACTIVE : Lane.BULK;
  }

  private boolean isJson() {
    String value = request.getHeader("content-type");
    String type = value == null ? "" : value.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }
}
