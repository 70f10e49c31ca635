package org.hippocamel.drill;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hippocamel.bench.Bench;
import org.hippocamel.bench.BenchPlan;
import org.hippocamel.bench.Endpoint;
import org.hippocamel.bench.Measured;
import org.hippocamel.bench.StubTei;
import org.hippocamel.bench.Workload;

/**
 * Bulk work and somebody who waits: how much of the embedder a dropped file uses, how many texts
 * are in flight, and what the file does to the latency of a lone client of {@code POST
 * /v1/embeddings}.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.LaneBench [stub=true] [service=50]
 * [lines=20000] [words=20] [seconds=8]}. {@code service} are the milliseconds of one call of the
 * scripted embedder, which serves one after another: long enough that reading and storing on the
 * same cores keep up. {@code stub=false} measures beside the embedded model.
 */
public final class LaneBench {
  private static final Workload LONE = new Workload(1, 1);
  private static final int BATCH = 32;

  private final Arguments given;
  private final Path folder;

  private LaneBench(Arguments given) throws IOException {
    this.given = given;
    this.folder = Files.createTempDirectory("lane-bench");
  }

  public static void main(String[] args) throws Exception {
    new LaneBench(new Arguments(args)).run();
  }

  private void run() throws Exception {
    BundleProcess.install(folder);
    boolean stub = given.text("stub", "true").equals("true");
    int service = given.number("service", 50);
    StubTei.Options options = StubTei.Options.defaults().withServiceMillis(service);
    try (StubTei tei = new StubTei(options.withoutMemory());
        BundleProcess bundle =
            BundleProcess.start(
                folder, stub ? new HashMap<>(Map.of("TEI_URL", tei.url())) : Map.of(), "-Xmx1g")) {
      Endpoint gateway = new Endpoint("gateway", URI.create(bundle.rest()), null, null);
      int seconds = given.number("seconds", 8);
      lone(gateway, seconds);
      Path first = drop(1);
      if (stub) {
        use(tei, service);
      }
      await(first);
      Measured idle = lone(gateway, seconds);
      tei.forgetCalls();
      Path second = drop(2);
      Measured beside = lone(gateway, seconds);
      boolean throughout = Files.exists(second);
      StubTei.Counts counts = tei.counts();
      Measured after = lone(gateway, 1);
      System.out.printf(
          "a lone client: idle p50 %.1f p99 %.1f ms; beside the file p50 %.1f p99 %.1f ms:"
              + " p99 %.2f times; the file lasted %s; failed %d%n",
          idle.latency().p50(),
          idle.latency().p99(),
          beside.latency().p50(),
          beside.latency().p99(),
          beside.latency().p99() / idle.latency().p99(),
          throughout ? "longer" : "shorter than that",
          idle.failed() + beside.failed() + after.failed());
      if (stub) {
        System.out.printf(
            "the embedder meanwhile: %d texts in %d calls, at most %d in flight, %d answered 429%n",
            counts.texts(), counts.calls(), counts.maxTextsInFlight(), counts.overloaded());
      }
    }
  }

  /** The middle of a drop, without its first and last texts. */
  private void use(StubTei tei, int service) throws InterruptedException {
    int lines = given.number("lines", 20_000);
    tei.forgetCalls();
    long from = reached(tei, lines / 10);
    long texts = tei.counts().texts();
    long to = reached(tei, lines * 9 / 10);
    double rate = (tei.counts().texts() - texts) / ((to - from) / 1e9);
    StubTei.Counts counts = tei.counts();
    System.out.printf(
        "a file alone: %.0f texts/s of the %.0f that the embedder serves by %d a call: %.3f;"
            + " at most %d in flight, %d answered 429%n",
        rate,
        1_000.0 / service * BATCH,
        BATCH,
        rate / (1_000.0 / service * BATCH),
        counts.maxTextsInFlight(),
        counts.overloaded());
  }

  private static long reached(StubTei tei, long texts) throws InterruptedException {
    while (tei.counts().texts() < texts) {
      Thread.sleep(5);
    }
    return System.nanoTime();
  }

  private Path drop(int seed) throws IOException {
    String name = "lanes-" + seed + ".jsonl";
    Path draft = folder.resolve(name);
    Prose prose = new Prose(seed);
    try (BufferedWriter out = Files.newBufferedWriter(draft)) {
      for (int line = 1; line <= given.number("lines", 20_000); line++) {
        out.write(
            "{\"id\":\"%d-%d\",\"text\":\"%s\"}\n"
                .formatted(seed, line, prose.words(given.number("words", 20))));
      }
    }
    return Files.move(draft, folder.resolve("inbox").resolve(name));
  }

  private static void await(Path file) throws InterruptedException {
    while (Files.exists(file)) {
      Thread.sleep(50);
    }
  }

  private Measured lone(Endpoint endpoint, int seconds) throws Exception {
    BenchPlan plan =
        new BenchPlan(
            List.of(LONE),
            given.number("words", 20),
            "base64",
            Duration.ofSeconds(1),
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(60),
            1);
    return new Bench(plan, List.of(endpoint), what -> {}).run().row(endpoint.name(), LONE).get();
  }
}
