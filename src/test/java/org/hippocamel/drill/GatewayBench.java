package org.hippocamel.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hippocamel.bench.Bench;
import org.hippocamel.bench.BenchPlan;
import org.hippocamel.bench.Endpoint;
import org.hippocamel.bench.Measured;
import org.hippocamel.bench.Workload;

/**
 * What sharing TEI calls is worth: a crowd of clients posting one text each, through the bundle as
 * it is and through the same with batching off, and a lone client through the bundle and to the
 * embedder itself. The embedder is the scripted one; it serves one call after another.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.GatewayBench [rounds=3]
 * [seconds=10] [warm=20] [clients=256] [service=5] [dimensions=384] [words=20] [heap=1g]}. Rounds
 * take turns between the servers, and the medians are printed: on a shared machine only they, as
 * ratios, say something.
 */
public final class GatewayBench {
  private static final Workload LONE = new Workload(1, 1);

  private final Arguments given;
  private final Workload crowd;
  private final Path folder;
  private final Map<String, List<Double>> figures = new HashMap<>();
  private long failed;

  private GatewayBench(Arguments given) throws IOException {
    this.given = given;
    this.crowd = new Workload(given.number("clients", 256), 1);
    this.folder = Files.createTempDirectory("gateway-bench");
  }

  public static void main(String[] args) throws Exception {
    new GatewayBench(new Arguments(args)).run();
  }

  private void run() throws Exception {
    BundleProcess.install(folder);
    try (StubProcess stub =
            StubProcess.start(
                folder,
                "--service-millis",
                given.text("service", "5"),
                "--dimensions",
                given.text("dimensions", "384"));
        BundleProcess on = bundle(stub, "on");
        BundleProcess off = bundle(stub, "off", "-Dembed.batch-texts=1")) {
      Endpoint batching = endpoint("batching on", on.rest());
      Endpoint single = endpoint("batching off", off.rest());
      Endpoint embedder = endpoint("stub", stub.url());
      int warm = given.number("warm", 20);
      measure(batching, crowd, warm);
      measure(single, crowd, warm);
      measure(batching, LONE, warm / 2);
      measure(embedder, LONE, warm / 2);
      for (int round = 1; round <= given.number("rounds", 3); round++) {
        int seconds = given.number("seconds", 10);
        double before = on.processorSeconds();
        Measured crowdOn = measure(batching, crowd, seconds);
        double used = on.processorSeconds() - before;
        Measured crowdOff = measure(single, crowd, seconds);
        Measured loneOn = measure(batching, LONE, seconds);
        Measured loneStub = measure(embedder, LONE, seconds);
        keep("rate", crowdOn.textsPerSecond());
        keep("times", crowdOn.textsPerSecond() / crowdOff.textsPerSecond());
        keep("p50", crowdOn.latency().p50());
        keep("p99", crowdOn.latency().p99());
        keep("processor", used / crowdOn.answered() * 1e6);
        keep("client", crowdOn.clientCores() * seconds / crowdOn.answered() * 1e6);
        keep("added", loneOn.latency().p50() - loneStub.latency().p50());
        say(
            "round %d: %,.0f/s on, %,.0f/s off; lone p50 %.2f ms on, %.2f ms stub",
            round,
            crowdOn.textsPerSecond(),
            crowdOff.textsPerSecond(),
            loneOn.latency().p50(),
            loneStub.latency().p50());
      }
      say("%s, medians:", crowd.shown());
      say("  %,.0f requests/s (wanted: over 2,000)", median("rate"));
      say("  %.1f times those with batching off (wanted: 10)", median("times"));
      say("  p50 %.0f ms, p99 %.0f ms (wanted: p99 under 250)", median("p50"), median("p99"));
      say(
          "  processor time: %.0f us a request in the bundle, %.0f us in the client",
          median("processor"), median("client"));
      say("1 client: p50 %.2f ms above the stub's own (wanted: at most 3)", median("added"));
      say("failed requests: %d", failed);
    }
  }

  private BundleProcess bundle(StubProcess stub, String name, String... options)
      throws IOException {
    List<String> java = new ArrayList<>(List.of(options));
    java.add("-Xmx" + given.text("heap", "1g"));
    Files.createDirectories(folder.resolve("inbox-" + name));
    return BundleProcess.start(
        folder,
        Map.of("TEI_URL", stub.url(), "DATA_DIR", "data-" + name, "INBOX_DIR", "inbox-" + name),
        java.toArray(String[]::new));
  }

  private static Endpoint endpoint(String name, String url) {
    return new Endpoint(name, URI.create(url), null, null);
  }

  private Measured measure(Endpoint endpoint, Workload workload, int seconds) throws Exception {
    BenchPlan plan =
        new BenchPlan(
            List.of(workload),
            given.number("words", 20),
            "base64",
            Duration.ZERO,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(60),
            1);
    Measured row =
        new Bench(plan, List.of(endpoint), what -> {}).run().row(endpoint.name(), workload).get();
    failed += row.failed();
    if (row.failed() > 0) {
      say("failed: %s, %s: %s %s", row.server(), workload.shown(), row.errors(), row.examples());
    }
    return row;
  }

  private void keep(String figure, double value) {
    figures.computeIfAbsent(figure, name -> new ArrayList<>()).add(value);
  }

  private double median(String figure) {
    List<Double> sorted = figures.get(figure).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
