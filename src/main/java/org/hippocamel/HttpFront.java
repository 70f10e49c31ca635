package org.hippocamel;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
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

/**
 * What the HTTP server does with a request that no route sees, and before any route sees it.
 *
 * <p>Camel holds a thread for each request until it is answered, though the routes park it without
 * one. So whatever may wait for TEI or the store takes one of as many places as there are such
 * threads, stands in line for it here, or is told at once to come again. Health and contract wait
 * for nobody: threads are kept for them.
 */
final class HttpFront {
  /** Threads beyond those of the places. What they answer comes out of memory. */
  static final int KEPT = 4;

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String CONTRACT = "; /openapi.yaml lists what there is";

  /**
   * Paths of OpenAI's API, with or without its prefix: whoever asks there reads its errors only.
   */
  private static final Pattern OPEN_AI =
      Pattern.compile("(/v1)?/(embeddings|models(/.*)?|(chat/)?completions|responses)");

  private static final Set<String> QUERY = Set.of("limit", "after", "kind", "state", "counts");
  private static final int LONGEST_PATH = 200;
  private static final String WORK = "/v1/*";
  private static final String GUEST = "guest";

  private final ProblemReply reply = new ProblemReply();
  private final List<PathTemplate> paths;
  private final Settings.Http settings;
  private final HttpMeters meters;
  private final Places places;

  private HttpFront(List<PathTemplate> paths, Settings.Http settings, HttpMeters meters) {
    this.paths = paths;
    this.settings = settings;
    this.meters = meters;
    this.places = new Places(settings.workers(), settings.maxRequests() - settings.workers());
    meters.show(places, settings.maxRequests());
  }

  static void install(
      CamelContext camel, Settings.Http http, MeterRegistry registry, JobFront jobs) {
    List<RestRegistry.RestService> services = camel.getRestRegistry().listAllRestServices();
    HttpFront front =
        new HttpFront(
            services.stream().map(PathTemplate::of).toList(),
            http,
            new HttpMeters(registry, services));
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(
            camel, VertxPlatformHttpRouter.getRouterNameFromPort(http.port()));
    int order = Integer.MIN_VALUE;
    router.route().order(order++).failureHandler(front::failed);
    router.route().order(order++).handler(front::timed);
    router.route().order(order++).handler(HttpFront::unform);
    router.route().order(order++).handler(HttpFront::keepNamed);
    // Watching a job takes no place and no thread.
    router
        .route(JobFront.PATH)
        .order(order++)
        .handler(context -> jobs.watch(context, front::refuse));
    // The places are for work: a body that comes slowly takes none, and a full house reads none.
    router.route(WORK).order(order++).handler(front::refuseWhenFull);
    router.route(WORK).order(order++).handler(context -> read(context, router.bodyHandler()));
    router.route(WORK).order(order).handler(front::enter);
    router.route().order(Integer.MAX_VALUE).handler(front::unmatched);
  }

  /** An answer that was not written to its end has nobody who read it. */
  private void timed(RoutingContext context) {
    long began = System.nanoTime();
    context.addEndHandler(
        ended ->
            meters.answered(
                context.request().method().name(),
                context.normalizedPath(),
                ended.succeeded() ? "" + context.response().getStatusCode() : HttpMeters.GONE,
                System.nanoTime() - began));
    context.next();
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

  private void refuseWhenFull(RoutingContext context) {
    if (places.full()) {
      refuseFull(context);
    } else {
      context.next();
    }
  }

  /**
   * Camel's own reader comes again later and begins with a resume, which an HTTP/2 request that has
   * been read refuses. Such a body stays in its connection until then, and takes a place meanwhile.
   */
  private static void read(RoutingContext context, Handler<RoutingContext> reader) {
    if (context.request().version() == HttpVersion.HTTP_2) {
      context.request().pause();
      context.next();
    } else {
      reader.handle(context);
    }
  }

  /**
   * The place is given back when the answer is written, which Camel does also for a caller who has
   * gone: until then its thread is busy. Who goes while in line makes room at once.
   */
  private void enter(RoutingContext context) {
    Context loop = context.vertx().getOrCreateContext();
    Places.Guest guest = places.guest(() -> loop.runOnContext(now -> context.next()));
    context.put(GUEST, guest);
    context.addBodyEndHandler(written -> guest.leave());
    context.addEndHandler(ended -> guest.giveUp());
    if (!guest.enter()) {
      refuseFull(context);
    }
  }

  private void refuseFull(RoutingContext context) {
    refuse(
        context,
        ProblemKind.OVERLOADED,
        settings.maxRequests() + " requests are being worked on or wait (http.max-requests)");
  }

  private void failed(RoutingContext context) {
    if (context.response().closed()) {
      Places.Guest guest = context.get(GUEST);
      if (guest != null) {
        guest.leave(); // nobody will write an answer
      }
    } else if (context.statusCode() == ProblemKind.TOO_LARGE.status()) {
      refuse(
          context,
          ProblemKind.TOO_LARGE,
          "the body is above " + settings.maxBodyBytes() + " bytes (http.max-body-bytes)");
    } else {
      context.next();
    }
  }

  private void unmatched(RoutingContext context) {
    HttpServerRequest request = context.request();
    String path = context.normalizedPath();
    String shown = path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    if (paths.stream().anyMatch(template -> template.matches(path))) {
      refuse(
          context, ProblemKind.NOT_ALLOWED, request.method() + " is not for " + shown + CONTRACT);
    } else {
      boolean prefix = OPEN_AI.matcher(path).matches() && !path.startsWith("/v1/");
      String hint = prefix ? "; end the base URL of OpenAI's clients in /v1" : CONTRACT;
      refuse(context, ProblemKind.NOT_FOUND, "nothing at " + shown + hint);
    }
  }

  private void refuse(RoutingContext context, ProblemKind kind, String detail) {
    refuse(context, new Problem(kind, detail));
  }

  /** Answers with a problem in the dialect of the path. */
  void refuse(RoutingContext context, Problem problem) {
    boolean openAi = OPEN_AI.matcher(context.normalizedPath()).matches();
    HttpServerResponse response =
        context
            .response()
            .setStatusCode(openAi ? reply.openAiStatus(problem) : problem.kind().status())
            .putHeader("Content-Type", openAi ? "application/json" : "application/problem+json");
    if (reply.retryAfter(problem) != null) {
      response.putHeader("Retry-After", reply.retryAfter(problem));
    }
    response.end(Buffer.buffer(openAi ? reply.openAiBody(problem) : reply.body(problem)));
  }
}
