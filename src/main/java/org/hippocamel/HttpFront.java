package org.hippocamel;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.spi.RestRegistry;
import org.hippocamel.config.Settings;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.problem.ProblemReply;

/** What the HTTP server does with a request that no route sees, and before any route sees it. */
final class HttpFront {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CONTRACT = "; /openapi.yaml lists what there is";

  /**
   * Paths of OpenAI's API, with or without its prefix: whoever asks there reads its errors only.
   */
  private static final Pattern OPEN_AI =
      Pattern.compile("(/v1)?/(embeddings|models(/.*)?|(chat/)?completions|responses)");

  private static final Set<String> QUERY = Set.of("limit", "after");
  private static final int LONGEST_PATH = 200;

  private final ProblemReply reply = new ProblemReply();
  private final List<RestRegistry.RestService> services;
  private final int maxBodyBytes;

  private HttpFront(List<RestRegistry.RestService> services, int maxBodyBytes) {
    this.services = services;
    this.maxBodyBytes = maxBodyBytes;
  }

  static void install(CamelContext camel, Settings.Http http) {
    HttpFront front =
        new HttpFront(camel.getRestRegistry().listAllRestServices(), http.maxBodyBytes());
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(
            camel, VertxPlatformHttpRouter.getRouterNameFromPort(http.port()));
    router.route().order(Integer.MIN_VALUE).handler(HttpFront::unform);
    router.route().order(Integer.MIN_VALUE + 1).handler(HttpFront::keepNamed);
    router.route().order(Integer.MIN_VALUE + 2).failureHandler(front::failed);
    router.route().order(Integer.MAX_VALUE).handler(front::unmatched);
  }

  /** curl calls every body a form unless told otherwise; parsed as one, it would be lost. */
  private static void unform(RoutingContext context) {
    if (FORM.equals(context.request().getHeader("Content-Type"))) {
      context.request().headers().set("Content-Type", "application/json");
    }
    context.next();
  }

  /**
   * Query parameters become headers in Camel: any other could stand for a header, an API key for
   * one, which then is kept in the logs and histories that addresses are kept in.
   */
  private static void keepNamed(RoutingContext context) {
    Set.copyOf(context.queryParams().names()).stream()
        .filter(name -> !QUERY.contains(name))
        .forEach(context.queryParams()::remove);
    context.next();
  }

  private void failed(RoutingContext context) {
    if (context.statusCode() == ProblemKind.TOO_LARGE.status()) {
      refuse(
          context,
          ProblemKind.TOO_LARGE,
          "the body is above " + maxBodyBytes + " bytes (http.max-body-bytes)");
    } else {
      context.next();
    }
  }

  private void unmatched(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    String shown = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    if (services.stream().anyMatch(service -> matches(service, path))) {
      refuse(
          context, ProblemKind.NOT_ALLOWED, request.method() + " is not for " + shown + CONTRACT);
    } else {
      boolean prefix = OPEN_AI.matcher(path).matches() && !path.startsWith("/v1/");
      String hint = prefix ? "; end the base URL of OpenAI's clients in /v1" : CONTRACT;
      refuse(context, ProblemKind.NOT_FOUND, "nothing at " + shown + hint);
    }
  }

  private static boolean matches(RestRegistry.RestService service, String path) {
    String template = service.getBasePath() + "/" + service.getUriTemplate();
    return path.matches(template.replaceAll("/+", "/").replaceAll("\\{[^}]*}", "[^/]+"));
  }

  private void refuse(RoutingContext context, ProblemKind kind, String detail) {
    Problem problem = new Problem(kind, detail);
    boolean openAi = OPEN_AI.matcher(context.normalizedPath()).matches();
    context
        .response()
        .setStatusCode(kind.status())
        .putHeader("Content-Type", openAi ? "application/json" : "application/problem+json")
        .end(Buffer.buffer(openAi ? reply.openAiBody(problem) : reply.body(problem)));
  }
}
