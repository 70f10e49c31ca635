package org.hippocamel.embedding;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.hippocamel.batching.Flow;
import org.hippocamel.config.Settings;

/** Settings, servers and tickets for tests. */
public final class EmbedSettings {
  private static final DefaultAggregateController NOTHING_WAITS =
      new DefaultAggregateController() {
        @Override
        public int forceCompletionOfGroup(String key) {
          return 0;
        }
      };

  private static final Embedder EMBEDDER = embedder("tei", limits(), serving());

  private EmbedSettings() {}

  /** With lanes whose batches nobody hands on. */
  static Embedder embedder(String name, CurrentLimits limits, Replicas replicas) {
    Lanes lanes = new Lanes(limits, System::nanoTime);
    Map<Lane, Flow> flows = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      flows.put(lane, new Flow(() -> lanes.slots(lane), NOTHING_WAITS));
    }
    return new Embedder(name, "", limits, replicas, lanes, flows);
  }

  /** One model, at these servers. */
  public static Embedders embedders(Replicas replicas) {
    return new Embedders(List.of(embedder("tei", limits(), replicas)));
  }

  static Settings.Tei tei(int queryCalls, int ingestCalls, double share) {
    return new Settings.Tei(
        List.of("http://127.0.0.1:1"),
        "",
        queryCalls,
        ingestCalls,
        2,
        share,
        3,
        Duration.ofSeconds(15),
        10,
        Optional.empty(),
        Optional.empty());
  }

  static Settings.Embed embed(int batchTexts, int batchBytes) {
    return embed(batchTexts, batchBytes, Duration.ofMinutes(1), 1_000, 1_000_000);
  }

  static Settings.Embed embed(
      int batchTexts, int batchBytes, Duration deadline, int maxWaiting, int cacheBytes) {
    return new Settings.Embed(
        batchTexts, batchBytes, deadline, deadline, maxWaiting, cacheBytes, "", "");
  }

  /** As with the settings that ship, by a server with its stock limits. */
  public static CurrentLimits limits() {
    return limits(32, 1_500_000);
  }

  /** Calls of so many texts and bytes, by a server with its stock limits. */
  static CurrentLimits limits(int batchTexts, int batchBytes) {
    return new CurrentLimits(tei(2, 4, 0.75), embed(batchTexts, batchBytes));
  }

  static TeiInfo info(int maxConcurrentRequests, int maxClientBatchSize) {
    return new TeiInfo(
        "m", null, "cls", maxConcurrentRequests, maxClientBatchSize, 512, 16_384, true);
  }

  /** The body of such an {@code /info}. */
  static byte[] infoBody(String model, int maxConcurrentRequests, int maxClientBatchSize) {
    return """
        {"model_id":"%s","model_type":{"embedding":{"pooling":"cls"}},
         "max_concurrent_requests":%d,"max_client_batch_size":%d}"""
        .formatted(model, maxConcurrentRequests, maxClientBatchSize)
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Servers at these addresses, none heard yet; the clock stands at 0. */
  public static Replicas replicas(String... urls) {
    return replicas(limits(), new AtomicLong(), urls);
  }

  static Replicas replicas(CurrentLimits limits, AtomicLong nanos, String... urls) {
    return new Replicas(
        "tei.url", List.of(urls), limits, 3, Duration.ofSeconds(15), 10, nanos::get);
  }

  /** One server that serves model {@code m} with stock limits. */
  public static Replicas serving() {
    Replicas replicas = replicas("http://tei");
    replicas.heard(replicas.due().get(0), infoBody("m", 512, 32));
    return replicas;
  }

  static AtomicLong clock() {
    return new AtomicLong(TimeUnit.DAYS.toNanos(1));
  }

  static Ticket ticket(String... texts) {
    return ticket(Lane.QUERY, false, texts);
  }

  static Ticket ticket(Lane lane, boolean measured, String... texts) {
    return ticket(EMBEDDER, lane, measured, texts);
  }

  static Ticket ticket(Embedder embedder, Lane lane, boolean measured, String... texts) {
    EmbedLimits limits = limits().get();
    Size size = List.of(texts).stream().map(limits::size).reduce(Size.NONE, Size::plus);
    return new Ticket(embedder, List.of(texts), size, lane, measured);
  }
}
