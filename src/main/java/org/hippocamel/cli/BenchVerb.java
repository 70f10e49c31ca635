package org.hippocamel.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hippocamel.Bundle;
import org.hippocamel.bench.Bench;
import org.hippocamel.bench.BenchPlan;
import org.hippocamel.bench.BenchReport;
import org.hippocamel.bench.Endpoint;
import org.hippocamel.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures embeddings: those of a private bundle beside its embedder's own, or one server's. */
@Command(
    name = "bench",
    header = "Measure latency and throughput of embeddings.",
    description = {
      "Without --url: starts a private bundle in this process (free ports, temporary store) and"
          + " measures its POST /v1/embeddings beside the embedder itself, which is TEI_URL's or"
          + " the embedded one.",
      "Every text is new to every cache. Failed requests are shown by status; after one, its"
          + " client waits 100 ms. With --check the exit code is 1 when a target is missed or a"
          + " request has failed."
    })
final class BenchVerb extends Verb {
  private static final List<String> FORMATS = List.of("base64", "float");

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "measure this server instead: a Hippocamel, a TEI, anything with OpenAI's embeddings")
  private URI url;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures there too")
  private Path json;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "measured time of each row (default: ${DEFAULT-VALUE})")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "5",
      description = "seconds before it that do not count (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--clients",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,32,256",
      description = "clients at once, each posting one text (default: ${DEFAULT-VALUE})")
  private List<Integer> clients;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "texts of the batch (default: ${DEFAULT-VALUE})")
  private int batch;

  @Option(
      names = "--words",
      paramLabel = "N",
      defaultValue = "20",
      description = "words of a text (default: ${DEFAULT-VALUE})")
  private int words;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "base64",
      description = "base64 or float (default: ${DEFAULT-VALUE})")
  private String format;

  @Option(
      names = "--timeout",
      paramLabel = "N",
      defaultValue = "60",
      description = "seconds until an answer counts as failed (default: ${DEFAULT-VALUE})")
  private int timeout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the words (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "bearer key of the server at --url")
  private String apiKey;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "model to ask the server at --url for")
  private String model;

  @Option(
      names = "--check",
      description = "exit with 1 when a target is missed or a request failed")
  private boolean check;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchPlan plan = plan();
    checkFile();
    try (Ending ending = new Ending()) {
      List<Endpoint> endpoints = url == null ? own(ending) : List.of(endpoint());
      Bench bench = new Bench(plan, endpoints, this::progress);
      ending.add(bench::stop);
      BenchReport report = bench.run();
      return ending.begun() ? Verbs.UNMET : shown(report);
    }
  }

  private BenchPlan plan() {
    clients.forEach(n -> within("--clients", n, 1, 1_000));
    if (!FORMATS.contains(format)) {
      throw wrong("--format " + format + " is neither base64 nor float");
    }
    return new BenchPlan(
        BenchPlan.workloads(clients, within("--batch", batch, 1, 1_000)),
        within("--words", words, 1, 5_000),
        format,
        Duration.ofSeconds(within("--warm-up", warmUp, 0, 3_600)),
        Duration.ofSeconds(within("--seconds", seconds, 1, 3_600)),
        Duration.ofSeconds(within("--timeout", timeout, 1, 3_600)),
        seed);
  }

  /** Before the measuring, whose figures would be lost after it. */
  private void checkFile() {
    if (json != null && !Files.isDirectory(json.toAbsolutePath().getParent())) {
      throw wrong("--json " + json + " is in a folder that is not there");
    }
  }

  private Endpoint endpoint() {
    try {
      return new Endpoint("server", url, apiKey, model);
    } catch (IllegalArgumentException e) {
      throw wrong("--url " + e.getMessage());
    }
  }

  private List<Endpoint> own(Ending ending) throws IOException, InterruptedException {
    if (apiKey != null || model != null) {
      throw wrong("--api-key and --model are for a server at --url, which is missing");
    }
    progress("starting a private bundle");
    Bundle bundle = privateBundle(ending);
    bundle.open();
    Settings.Tei tei = bundle.settings().tei();
    String key = tei.apiKey().isEmpty() ? null : tei.apiKey();
    String name = tei.urls().size() == 1 ? "embedder" : "first embedder";
    return List.of(
        new Endpoint("gateway", URI.create(bundle.url()), null, null),
        new Endpoint(name, URI.create(tei.urls().get(0)), key, null));
  }

  private Bundle privateBundle(Ending ending) throws IOException {
    try {
      return PrivateBundle.start(ending, Map.of());
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private void progress(String what) {
    err().println(what);
    err().flush();
  }

  private int shown(BenchReport report) throws IOException {
    out().print(report.table());
    out().flush();
    if (json != null) {
      Files.writeString(json, report.json());
    }
    if (!report.answered()) {
      throw new IOException("no request was answered");
    }
    return check && !report.fine() ? Verbs.UNMET : 0;
  }
}
