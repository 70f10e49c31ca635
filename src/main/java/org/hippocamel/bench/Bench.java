package org.hippocamel.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures servers side by side: each workload on one after the other, so that what else happens on
 * the machine meets them alike. Used once; {@link #stop} may be called by any thread.
 */
public final class Bench {
  private final BenchPlan plan;
  private final List<Endpoint> endpoints;
  private final Consumer<String> progress;
  private volatile Load running;
  private volatile boolean stopped;

  /**
   * @param endpoints the first is the one that is judged
   * @param progress told what is being measured
   */
  public Bench(BenchPlan plan, List<Endpoint> endpoints, Consumer<String> progress) {
    this.plan = plan;
    this.endpoints = List.copyOf(endpoints);
    this.progress = progress;
  }

  /**
   * @throws IOException when a server does not answer one text with one vector, naming it
   */
  public BenchReport run() throws IOException, InterruptedException {
    Instant started = Instant.now();
    LoadTexts texts =
        new LoadTexts(plan.seed(), plan.words(), Long.toString(started.toEpochMilli(), 36));
    Map<Endpoint, Probe> probes = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      probes.put(endpoint, Probe.of(endpoint, plan.format(), texts, plan.timeout()));
    }
    List<Measured> rows = new ArrayList<>();
    for (Workload workload : plan.workloads()) {
      for (Endpoint endpoint : endpoints) {
        if (!stopped) {
          progress.accept(endpoint.name() + ": " + workload.shown());
          rows.add(load(new Load(endpoint, probes.get(endpoint), workload, plan, texts)));
        }
      }
    }
    return new BenchReport(started, plan, probes, rows);
  }

  private Measured load(Load load) throws InterruptedException {
    running = load;
    if (stopped) {
      load.stop();
    }
    return load.run();
  }

  /** Ends the clients at once; {@link #run} returns soon after, with the rows so far. */
  public void stop() {
    stopped = true;
    Load load = running;
    if (load != null) {
      load.stop();
    }
  }
}
