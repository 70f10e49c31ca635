package org.hippocamel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.hippocamel.bench.Dialect;
import org.hippocamel.bench.Fault;
import org.hippocamel.bench.StubTei;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a scripted TEI until it is told to end. */
@Command(
    name = "stub",
    header = "Run a scripted TEI: hash vectors, chosen service times, faults on command.",
    description = {
      "Listens on loopback until SIGTERM or Ctrl-C, then prints what it has counted.",
      "A fault is a line: when, for which texts, what. Seconds and calls count from the start."
    },
    footer = {
      "%nFaults:",
      "  10s..20s overloaded            429 from ten to twenty seconds",
      "  calls 1..3 reset               the first three calls; 5.. has no end",
      "  text \"poison\" null             NaN for the texts that contain poison",
      "  30s..60s text \"x\" slow 200ms   conditions together",
      "  always hang-up                 closes each connection behind its answer",
      "",
      "What can happen: overloaded (429), unavailable (503), out-of-memory (424), invalid (422 or"
          + " 413), too-large (413 in plain text), status NUMBER, null, dimension NUMBER, model NAME,"
          + " slow TIME, reset, drop (closed without an answer), hang-up, away (the port is closed;"
          + " needs two times). --script FILE holds a fault a line; # begins a comment."
    })
final class StubVerb extends Verb {
  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8081",
      description = "0 for a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--service-millis",
      paramLabel = "N",
      defaultValue = "0",
      description = "time of an embedding call, one after another (default: ${DEFAULT-VALUE})")
  private int serviceMillis;

  @Option(
      names = "--parallel-millis",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "time of an embedding call beyond that, side by side (default: ${DEFAULT-VALUE})")
  private int parallelMillis;

  @Option(
      names = "--dimensions",
      paramLabel = "N",
      defaultValue = "384",
      description = "length of the vectors (default: ${DEFAULT-VALUE})")
  private int dimensions;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "BAAI/bge-small-en-v1.5",
      description = "in /info and replies (default: ${DEFAULT-VALUE})")
  private String model;

  @Option(
      names = "--reranker",
      description = "serve /rerank instead of embeddings, with scores that are a hash of the pair")
  private boolean reranker;

  @Option(
      names = "--max-client-batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "texts of a call (default: ${DEFAULT-VALUE})")
  private int maxClientBatchSize;

  @Option(
      names = "--max-concurrent-requests",
      paramLabel = "N",
      defaultValue = "512",
      description = "texts in flight; more is answered 429 (default: ${DEFAULT-VALUE})")
  private int maxConcurrentRequests;

  @Option(
      names = "--payload-limit",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "bytes of a request; more is answered 413 (default: ${DEFAULT-VALUE})")
  private int payloadLimit;

  @Option(
      names = "--dialect",
      paramLabel = "VERSION",
      defaultValue = "1.9",
      description = "errors of TEI 1.8 or 1.9 (default: ${DEFAULT-VALUE})")
  private String dialect;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "callers without this bearer key are answered 401")
  private String apiKey;

  @Option(
      names = "--fault",
      paramLabel = "LINE",
      description = "see below; may be given repeatedly")
  private List<String> faults = new ArrayList<>();

  @Option(names = "--script", paramLabel = "FILE", description = "more faults, one a line")
  private Path script;

  @Override
  public Integer call() throws IOException, InterruptedException {
    StubTei.Options options = options();
    List<Fault> played = played();
    CountDownLatch ended = new CountDownLatch(1);
    try (Ending ending = new Ending()) {
      StubTei stub = new StubTei(options);
      ending.add(() -> end(stub, ended));
      stub.play(played);
      say("Scripted TEI is ready: " + stub.url());
      ended.await();
    }
    return 0;
  }

  private StubTei.Options options() {
    int most = Integer.MAX_VALUE;
    StubTei.Options stock = StubTei.Options.defaults().withModelId(model);
    return (reranker ? stock.asReranker(model) : stock)
        .withPort(within("--port", port, 0, 65_535))
        .withServiceMillis(within("--service-millis", serviceMillis, 0, 600_000))
        .withParallelMillis(within("--parallel-millis", parallelMillis, 0, 600_000))
        .withDimensions(within("--dimensions", dimensions, 1, 65_536))
        .withMaxClientBatchSize(within("--max-client-batch-size", maxClientBatchSize, 1, most))
        .withMaxConcurrentRequests(
            within("--max-concurrent-requests", maxConcurrentRequests, 1, most))
        .withPayloadLimit(within("--payload-limit", payloadLimit, 1, most))
        .withDialect(dialect())
        .withApiKey(apiKey)
        .withoutMemory();
  }

  private Dialect dialect() {
    return switch (dialect) {
      case "1.8" -> Dialect.TEI_1_8;
      case "1.9" -> Dialect.TEI_1_9;
      default -> throw wrong("--dialect " + dialect + " is neither 1.8 nor 1.9");
    };
  }

  private List<Fault> played() throws IOException {
    List<String> lines = new ArrayList<>(faults);
    try {
      lines.addAll(script == null ? List.of() : Files.readAllLines(script));
      return Fault.script(lines);
    } catch (NoSuchFileException e) {
      throw wrong("--script " + script + " is not there");
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private void end(StubTei stub, CountDownLatch ended) {
    stub.close();
    StubTei.Counts counts = stub.counts();
    say(
        "%d calls, %d texts, %d texts answered, %d calls answered 429, at most %d texts in flight,"
                .formatted(
                    counts.calls(),
                    counts.texts(),
                    counts.answered(),
                    counts.overloaded(),
                    counts.maxTextsInFlight())
            + " %d connections".formatted(counts.connections()));
    ended.countDown();
  }

  private void say(String line) {
    out().println(line);
    out().flush();
  }
}
