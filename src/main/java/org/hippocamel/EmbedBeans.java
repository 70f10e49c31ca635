package org.hippocamel;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.processor.aggregate.DefaultAggregateController;
import org.hippocamel.batching.Flow;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.CurrentLimits;
import org.hippocamel.embedding.EmbedBatching;
import org.hippocamel.embedding.EmbedCall;
import org.hippocamel.embedding.EmbedCounts;
import org.hippocamel.embedding.EmbedGate;
import org.hippocamel.embedding.Embedder;
import org.hippocamel.embedding.Embedders;
import org.hippocamel.embedding.Lane;
import org.hippocamel.embedding.Lanes;
import org.hippocamel.embedding.Replicas;
import org.hippocamel.embedding.TokenizeCall;
import org.hippocamel.embedding.TokensInOrder;
import org.hippocamel.embedding.Truncation;
import org.hippocamel.embedding.VectorCache;

/** The beans that embed: for each model an embedder of its own, and what all callers share. */
final class EmbedBeans {
  private final Settings settings;
  private final NamedBeans beans;
  private final Embedders embedders;
  private final EmbedCounts counts = new EmbedCounts();

  EmbedBeans(Settings settings, NamedBeans beans) {
    this.settings = settings;
    this.beans = beans;
    Settings.Tei tei = settings.tei();
    List<Embedder> all = new ArrayList<>();
    all.add(embedder("tei", "tei.url", tei.urls(), tei.apiKey()));
    // Its lanes are there in any case, for the routes name them; nobody is sent there without it.
    Embedder next =
        embedder("next", "next.tei.url", settings.next().urls(), settings.next().apiKey());
    if (settings.next().given()) {
      all.add(next);
    }
    this.embedders = new Embedders(all);
    beans.put("embedders", embedders);
  }

  private Embedder embedder(String name, String key, List<String> urls, String apiKey) {
    Settings.Tei tei = settings.tei();
    CurrentLimits limits = new CurrentLimits(tei, settings.embed());
    Replicas replicas =
        new Replicas(
            key,
            urls,
            limits,
            tei.failures(),
            tei.check(),
            tei.retriesPerSecond(),
            System::nanoTime);
    Lanes lanes = new Lanes(limits, System::nanoTime);
    Map<Lane, Flow> flows = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      flows.put(lane, lane(name, lane, lanes));
    }
    return new Embedder(name, apiKey, limits, replicas, lanes, flows);
  }

  /**
   * A lane of an embedder has its own group, slots and threads, one thread for each call in flight:
   * {@code queryController}, {@code nextQueryController} and so on.
   */
  private Flow lane(String embedder, Lane lane, Lanes lanes) {
    String name = beanName(embedder, lane);
    DefaultAggregateController controller = new DefaultAggregateController();
    Flow flow = new Flow(() -> lanes.slots(lane), controller);
    beans.put(name + "Controller", controller);
    beans.put(name + "Flow", flow);
    ThreadPoolExecutor calls =
        new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), Beans.threads(name + "-call"));
    lanes.tell(lane, slots -> Beans.resize(calls, slots));
    beans.put(name + "Calls", calls);
    return flow;
  }

  private static String beanName(String embedder, Lane lane) {
    String word = lane.word();
    return embedder.equals("tei")
        ? word
        : embedder + Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  Embedders embedders() {
    return embedders;
  }

  EmbedCounts counts() {
    return counts;
  }

  /** Puts what all callers share. */
  void bind(MeterRegistry registry) {
    ExecutorService answers = Beans.noQueue(settings.http().workers(), "embed-answer");
    beans.put("embedAnswers", answers);
    VectorCache cache = new VectorCache(settings.embed().cacheBytes());
    EmbedGate gate = new EmbedGate(embedders, cache, settings.embed(), answers, System::nanoTime);
    beans.put("embedGate", gate);
    EmbedCall call = new EmbedCall();
    beans.put("embedCall", call);
    beans.put("embedBatching", new EmbedBatching());
    if (settings.watch().tracing()) {
      BatchSpans spans = new BatchSpans();
      gate.tell(spans);
      call.tell(spans);
    }
    beans.put("truncation", new Truncation());
    beans.put("embedCounts", counts);
    beans.put(
        "tokenizeCall",
        new TokenizeCall(
            () -> embedders.activeOrFirst().limits().get(), settings.embed().ingestDeadline()));
    beans.put("tokensInOrder", new TokensInOrder());
    new ReplicaMeters(embedders).bindTo(registry);
    new EmbedMeters(counts, gate.waiting(), embedders).bindTo(registry);
  }
}
