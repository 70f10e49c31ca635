package org.hippocamel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.hippocamel.embedding.Embedder;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Replicas;
import org.hippocamel.embedding.Turn;
import org.hippocamel.problem.ProblemKind;

/**
 * The embedding servers as the gateway meets them: {@code hippocamel_embed_...} by replica. What
 * has no such label is of the active model.
 */
final class ReplicaMeters implements MeterBinder {
  private final Embedders embedders;

  ReplicaMeters(Embedders embedders) {
    this.embedders = embedders;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    embedders.all().stream().map(Embedder::replicas).forEach(one -> replicas(one, registry));
    Gauge.builder(
            "hippocamel.embed.texts.in.flight",
            embedders,
            now -> now.activeOrFirst().replicas().textsInFlight())
        .description("Texts in calls at the embedding servers")
        .register(registry);
    Gauge.builder(
            "hippocamel.embed.texts.limit",
            embedders,
            now -> now.activeOrFirst().limits().get().inFlight())
        .description("Texts that may be in calls at once: tei.share of what the servers take")
        .register(registry);
    Gauge.builder(
            "hippocamel.embed.batch.limit.texts",
            embedders,
            now -> now.activeOrFirst().limits().get().texts())
        .description("Texts that one call may hold")
        .register(registry);
    FunctionCounter.builder("hippocamel.embed.busy", embedders, now -> now.busyNanos() / 1e9)
        .baseUnit("seconds")
        .description("Time in which at least one call for vectors was under way")
        .register(registry);
  }

  private static void replicas(Replicas replicas, MeterRegistry registry) {
    for (String url : replicas.urls()) {
      Gauge.builder("hippocamel.embed.replica.up", replicas, now -> now.serves(url) ? 1 : 0)
          .tag("replica", name(url))
          .description("1 while calls go to this embedding server, 0 while it is left out")
          .register(registry);
    }
    replicas.tell(new Calls(registry, replicas.urls()));
  }

  /** Host and port: an address may hold a password. */
  private static String name(String url) {
    URI uri = URI.create(url);
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  /** Calls at the replicas; the usual failures are there from the start, with 0. */
  private record Calls(
      MeterRegistry registry, Map<String, Timer> timers, Map<String, Counter> failures)
      implements Replicas.Follower {
    private static final List<ProblemKind> USUAL =
        List.of(
            ProblemKind.OVERLOADED,
            ProblemKind.UNAVAILABLE,
            ProblemKind.TIMEOUT,
            ProblemKind.EMBEDDER_FAILED);

    private Calls(MeterRegistry registry, List<String> urls) {
      this(registry, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
      urls.forEach(url -> USUAL.forEach(kind -> failure(url, kind)));
    }

    @Override
    public void over(Turn turn, long nanos) {
      String call = turn.embeds() ? "embed" : "tokenize";
      timers
          .computeIfAbsent(call + " " + turn.url(), key -> timer(turn.url(), call))
          .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String url, String call) {
      return Timer.builder("hippocamel.embed.call")
          .tag("replica", name(url))
          .tag("call", call)
          .description("Time of a call at an embedding server, well or not")
          .serviceLevelObjectives(Buckets.LATENCY)
          .register(registry);
    }

    @Override
    public void failed(Turn turn, ProblemKind kind) {
      failure(turn.url(), kind).increment();
    }

    private Counter failure(String url, ProblemKind kind) {
      return failures.computeIfAbsent(
          kind.word() + " " + url,
          key ->
              Counter.builder("hippocamel.embed.call.failures")
                  .tag("replica", name(url))
                  .tag("kind", kind.word())
                  .description("Calls that an embedding server lost or refused")
                  .register(registry));
    }
  }
}
