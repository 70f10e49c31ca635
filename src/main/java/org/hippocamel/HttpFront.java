package org.hippocamel;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.hippocamel.config.Settings;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.ProblemReply;

/** What the HTTP server does with a request before any route sees it. */
final class HttpFront {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LONGEST_PATH = 200;

  private HttpFront() {}

  static void install(CamelContext camel, Settings.Http http) {
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(
            camel, VertxPlatformHttpRouter.getRouterNameFromPort(http.port()));
    // curl calls every body a form unless told otherwise; parsed as one, it would be lost.
    router
        .route()
        .order(Integer.MIN_VALUE)
        .handler(
            request -> {
              if (FORM.equals(request.request().getHeader("Content-Type"))) {
                request.request().headers().set("Content-Type", "application/json");
              }
              request.next();
            });
    refuse(router, ProblemKind.NOT_FOUND, request -> "nothing at " + path(request) + CONTRACT);
    refuse(
        router,
        ProblemKind.NOT_ALLOWED,
        request -> request.request().method() + " is not for " + path(request) + CONTRACT);
    refuse(
        router,
        ProblemKind.TOO_LARGE,
        request -> "the body is above " + http.maxBodyBytes() + " bytes (http.max-body-bytes)");
  }

  private static final String CONTRACT = "; /openapi.yaml lists what there is";

  private static String path(RoutingContext request) {
    String path = request.normalizedPath();
    return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
  }

  private static void refuse(
      VertxPlatformHttpRouter router, ProblemKind kind, Function<RoutingContext, String> detail) {
    ProblemReply reply = new ProblemReply();
    router.errorHandler(
        kind.status(),
        request ->
            request
                .response()
                .setStatusCode(kind.status())
                .putHeader("Content-Type", "application/problem+json")
                .end(Buffer.buffer(reply.body(new Problem(kind, detail.apply(request))))));
  }
}
