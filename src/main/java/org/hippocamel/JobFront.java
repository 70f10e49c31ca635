package org.hippocamel;

import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.hippocamel.api.Caller;
import org.hippocamel.api.Door;
import org.hippocamel.api.JobReplies;
import org.hippocamel.api.Role;
import org.hippocamel.config.JobSettings;
import org.hippocamel.job.JobState;
import org.hippocamel.job.JobWatch;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;

/**
 * Shows a job to whoever asks for it with {@code Accept: text/event-stream}, each time it has
 * changed, until it ends. A route would hold a thread for as long, so this is done on the event
 * loop; what is shown comes from the one look of {@code jobs-watch}.
 */
final class JobFront {
  static final String PATH = "/v1/jobs/:id";

  private static final String EVENTS = "text/event-stream";

  /** Until then the store has answered, or it is away. */
  private static final long FIRST_LOOK_MILLIS = 10_000;

  /** A proxy closes a connection that says nothing for about a minute. */
  private static final long QUIET_MILLIS = 15_000;

  private final Door door;
  private final JobWatch watch;
  private final JobReplies replies;
  private final JobSettings settings;

  JobFront(Door door, JobWatch watch, JobReplies replies, JobSettings settings) {
    this.door = door;
    this.watch = watch;
    this.replies = replies;
    this.settings = settings;
  }

  /** Answers a request for events and hands any other on. */
  void watch(RoutingContext context, BiConsumer<RoutingContext, Problem> refuse) {
    HttpServerRequest request = context.request();
    String accept = request.getHeader("Accept");
    if (request.method() != HttpMethod.GET || accept == null || !accept.contains(EVENTS)) {
      context.next();
      return;
    }
    try {
      Named job = new Named(admitted(request).tenant(), context.pathParam("id"));
      Stream stream = new Stream(context, job, refuse);
      if (!watch.add(job, stream)) {
        throw new Problem(
            ProblemKind.OVERLOADED,
            settings.maxStreams() + " callers watch jobs already (job.max-streams)");
      }
      stream.open();
    } catch (Problem problem) {
      refuse.accept(context, problem);
    }
  }

  private Caller admitted(HttpServerRequest request) {
    Map<String, Object> headers = new HashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    door.keepPagesOut(headers);
    return door.admit(
        request.getHeader("Authorization"), request.getHeader("X-API-Key"), Role.READER.word());
  }

  /** One caller's events. Everything but the two calls of the watch is on its event loop. */
  private final class Stream implements JobWatch.Watcher {
    private final RoutingContext context;
    private final HttpServerResponse response;
    private final Context loop;
    private final Named job;
    private final BiConsumer<RoutingContext, Problem> refuse;
    private String shown;
    private long quietSince;

    Stream(RoutingContext context, Named job, BiConsumer<RoutingContext, Problem> refuse) {
      this.context = context;
      this.response = context.response();
      this.loop = context.vertx().getOrCreateContext();
      this.job = job;
      this.refuse = refuse;
    }

    void open() {
      context.addEndHandler(ended -> watch.remove(job, this));
      at(FIRST_LOOK_MILLIS, this::giveUp);
      at(settings.maxStream().toMillis(), this::end);
    }

    private void at(long millis, Runnable step) {
      long timer = context.vertx().setTimer(millis, now -> step.run());
      context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    }

    private void giveUp() {
      if (shown == null && !response.ended()) {
        refuse.accept(
            context,
            new Problem(ProblemKind.UNAVAILABLE, "the store has not said how the job stands"));
      }
    }

    @Override
    public void see(Document row) {
      String event = replies.event(row);
      boolean last = JobState.of(row.getString("state")).ended();
      loop.runOnContext(now -> show(event, last));
    }

    @Override
    public void miss() {
      loop.runOnContext(now -> missing());
    }

    private void show(String event, boolean last) {
      // Who reads too slowly hears of a later moment instead.
      if (response.ended() || response.closed() || response.writeQueueFull() && !last) {
        return;
      }
      if (shown == null) {
        response.setChunked(true);
        response.putHeader("Content-Type", EVENTS).putHeader("Cache-Control", "no-cache");
      }
      long now = System.nanoTime() / 1_000_000;
      if (!event.equals(shown)) {
        response.write(event);
        shown = event;
        quietSince = now;
      } else if (now - quietSince > QUIET_MILLIS) {
        response.write(": still here\n\n");
        quietSince = now;
      }
      if (last) {
        end();
      }
    }

    private void missing() {
      if (shown != null) {
        end();
      } else if (!response.ended()) {
        refuse.accept(context, new Problem(ProblemKind.NOT_FOUND, "no job with id " + job.shown()));
      }
    }

    private void end() {
      if (!response.ended() && !response.closed()) {
        response.end();
      }
    }
  }
}
