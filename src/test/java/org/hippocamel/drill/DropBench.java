package org.hippocamel.drill;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hippocamel.bench.StubTei;

/**
 * Drops one JSONL file and watches: lines per second, and resident memory before and meanwhile.
 * With the embedded model the same texts are then sent straight to its server, to see what the
 * routes cost on top of it.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.DropBench [lines=100000]
 * [words=20] [stub=true] [heap=256m] [warm=false]}. {@code stub=true} embeds in no time; {@code
 * stub=false} with fewer lines measures the embedded model.
 */
public final class DropBench {
  private static final Duration PATIENCE = Duration.ofMinutes(60);
  private static final int BATCH = 32;
  private static final int CALLS = 4;

  private final int lines;
  private final int words;
  private final Path folder;

  private DropBench(int lines, int words) throws IOException {
    this.lines = lines;
    this.words = words;
    this.folder = Files.createTempDirectory("drop-bench");
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    boolean stub = given.text("stub", "true").equals("true");
    String heap = given.text("heap", "256m");
    boolean warm = given.text("warm", "false").equals("true");
    new DropBench(given.number("lines", stub ? 100_000 : 2_000), given.number("words", 20))
        .run(stub, warm, heap);
  }

  private void run(boolean stub, boolean warm, String heap) throws Exception {
    BundleProcess.install(folder);
    StubTei tei = stub ? new StubTei(StubTei.Options.defaults().withoutMemory()) : null;
    Map<String, String> environment = new HashMap<>();
    if (stub) {
      environment.put("TEI_URL", tei.url());
    }
    try (BundleProcess bundle = BundleProcess.start(folder, environment, "-Xmx" + heap)) {
      bundle.rest();
      bundle.endedWithin(Duration.ofSeconds(2));
      System.out.printf(
          "ready after %d ms, heap %s, resident %d MB idle%n",
          bundle.startTime().toMillis(), heap, bundle.residentMegabytes());
      // Before and after, because whoever comes later finds a warmer machine.
      double before = stub ? 0 : alone(bundle.embedder());
      if (warm) {
        drop(bundle, 2); // other texts: a new process spends its first minute in the compiler
      }
      double used = bundle.processorSeconds();
      double seconds = drop(bundle, 1);
      double dropUsed = bundle.processorSeconds() - used;
      System.out.printf(
          Locale.ROOT,
          "drop: %d lines of %d words in %.1f s, %.0f lines/s%n",
          lines,
          words,
          seconds,
          lines / seconds);
      if (!stub) {
        used = bundle.processorSeconds();
        double alone = (before + alone(bundle.embedder())) / 2;
        // Other work on the machine changes seconds, not the processor time of the same task.
        System.out.printf(
            Locale.ROOT,
            "processor time: %.1f s for the drop, %.1f s for the embedder alone%n",
            dropUsed,
            bundle.processorSeconds() - used);
        System.out.printf(
            Locale.ROOT,
            "the embedder alone: %.1f s, %.0f texts/s; the drop reaches %.0f %% of it%n",
            alone,
            lines / alone,
            100 * alone / seconds);
      }
    } finally {
      if (stub) {
        tei.close();
      }
    }
  }

  /** Seconds from the moment the file appears until it is in done/. */
  private double drop(BundleProcess bundle, int seed) throws Exception {
    String name = "drop-" + seed + ".jsonl";
    Path draft = folder.resolve(name);
    Prose prose = new Prose(seed);
    try (BufferedWriter out = Files.newBufferedWriter(draft)) {
      for (int line = 1; line <= lines; line++) {
        out.write("{\"id\":\"%d-%d\",\"text\":\"%s\"}\n".formatted(seed, line, prose.words(words)));
      }
    }
    Path inbox = folder.resolve("inbox");
    Files.move(draft, inbox.resolve(name));
    long start = System.nanoTime();
    List<Long> resident = new ArrayList<>();
    List<Long> anonymous = new ArrayList<>();
    while (!Files.exists(inbox.resolve("done/" + name))) {
      if (bundle.endedWithin(Duration.ofMillis(100))
          || Files.exists(inbox.resolve("failed/" + name))
          || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("not taken in, see " + folder);
      }
      resident.add(bundle.residentMegabytes());
      anonymous.add(bundle.anonymousMegabytes());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    quarters("resident", resident);
    quarters("without mapped files", anonymous);
    return seconds;
  }

  /** Flat memory shows as four maxima that are alike. */
  private static void quarters(String what, List<Long> megabytes) {
    StringBuilder shown = new StringBuilder(what + ", MB, largest in each quarter:");
    for (int quarter = 0; quarter < 4; quarter++) {
      int from = megabytes.size() * quarter / 4;
      int to = Math.max(from + 1, megabytes.size() * (quarter + 1) / 4);
      long largest =
          megabytes.subList(from, Math.min(to, megabytes.size())).stream()
              .mapToLong(Long::longValue)
              .max()
              .orElse(-1);
      shown.append(' ').append(largest);
    }
    System.out.println(shown);
  }

  /** Seconds for the same texts in full batches, several calls at once. */
  private double alone(String url) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Prose prose = new Prose(1);
    List<String> bodies = new ArrayList<>();
    for (int first = 0; first < lines; first += BATCH) {
      List<String> texts = new ArrayList<>();
      for (int i = first; i < Math.min(first + BATCH, lines); i++) {
        texts.add('"' + prose.words(words) + '"');
      }
      bodies.add(
          "{\"input\":[%s],\"encoding_format\":\"base64\"}".formatted(String.join(",", texts)));
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLS);
    long start = System.nanoTime();
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (String body : bodies) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(url + "/v1/embeddings"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        answers.add(
            callers.submit(
                () -> http.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode()));
      }
      for (Future<Integer> answer : answers) {
        if (answer.get() != 200) {
          throw new IllegalStateException("the embedder answered " + answer.get());
        }
      }
    } finally {
      callers.shutdown();
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
