package org.hippocamel.drill;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stores memories over REST and asks for them again: latency of {@code POST /v1/search}, the
 * query's embedding included, in each mode.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.SearchBench [memories=20000]
 * [queries=1000] [clients=1] [words=10] [url=http://...]}. Without {@code url} the packaged program
 * is started in a folder of its own with its embedded servers; {@code TEI_URL} and {@code
 * MONGODB_URI} reach it from the environment.
 */
public final class SearchBench {
  private static final int LINES_PER_REQUEST = 500;
  private static final int WRITERS = 4;
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;
  private final int words;
  private final String key;

  private SearchBench(String url, int words, String key) {
    this.url = url;
    this.words = words;
    this.key = key;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String url = given.text("url", "");
    if (!url.isEmpty()) {
      new SearchBench(url, given.number("words", 10), given.text("key", "")).run(given);
      return;
    }
    Path folder = Files.createTempDirectory("search-bench");
    BundleProcess.install(folder);
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      SearchBench bench =
          new SearchBench(bundle.rest(), given.number("words", 10), given.text("key", ""));
      System.out.printf(
          "ready after %d ms, resident %d MB%n",
          bundle.startTime().toMillis(), bundle.residentMegabytes());
      bench.run(given);
      System.out.printf("resident %d MB at the end%n", bundle.residentMegabytes());
    }
  }

  private void run(Arguments given) throws Exception {
    int memories = given.number("memories", 20_000);
    long began = System.nanoTime();
    seed(memories);
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "stored %d memories of %d words in %.1f s, %.0f/s%n",
        memories,
        words,
        seconds,
        memories / seconds);

    int queries = given.number("queries", 1_000);
    int clients = given.number("clients", 1);
    System.out.printf(
        "%-8s %8s %8s %8s %8s %8s %10s%n",
        "mode", "clients", "p50 ms", "p90 ms", "p99 ms", "max ms", "queries/s");
    for (String mode : MODES) {
      ask(mode, Math.min(queries, 300), clients, 1_000);
      long start = System.nanoTime();
      double[] millis = ask(mode, queries, clients, 2_000);
      double took = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%-8s %8d %8.1f %8.1f %8.1f %8.1f %10.0f%n",
          mode,
          clients,
          at(millis, 0.5),
          at(millis, 0.9),
          at(millis, 0.99),
          at(millis, 1),
          queries / took);
    }
  }

  private void seed(int memories) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      Prose prose = new Prose(1);
      List<Future<?>> pending = new java.util.ArrayList<>();
      for (int first = 0; first < memories; first += LINES_PER_REQUEST) {
        StringBuilder lines = new StringBuilder();
        for (int i = first; i < Math.min(first + LINES_PER_REQUEST, memories); i++) {
          lines.append(
              "{\"agent_id\":\"agent-%d\",\"id\":\"m-%d\",\"text\":\"%s\"}\n"
                  .formatted(i % 50, i, prose.words(words)));
        }
        pending.add(
            writers.submit(
                () -> post("/v1/interactions", "application/x-ndjson", lines.toString())));
      }
      for (Future<?> written : pending) {
        written.get();
      }
    } finally {
      writers.shutdown();
    }
  }

  /** Latencies in milliseconds, sorted. Every query is new, so that no cache can answer it. */
  private double[] ask(String mode, int queries, int clients, long seed) throws Exception {
    double[] millis = new double[queries];
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService askers = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> pending = new java.util.ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int first = client;
        Prose prose = new Prose(seed + 31L * MODES.indexOf(mode) + 1_000L * client);
        pending.add(
            askers.submit(
                () -> {
                  together.await();
                  for (int i = first; i < queries; i += clients) {
                    String body =
                        "{\"query\":\"%s\",\"limit\":5,\"mode\":\"%s\"}"
                            .formatted(prose.words(8), mode);
                    long start = System.nanoTime();
                    post("/v1/search", "application/json", body);
                    millis[i] = (System.nanoTime() - start) / 1e6;
                  }
                  return null;
                }));
      }
      together.countDown();
      for (Future<?> asked : pending) {
        asked.get();
      }
    } finally {
      askers.shutdown();
    }
    Arrays.sort(millis);
    return millis;
  }

  private String post(String path, String type, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", type)
            .timeout(Duration.ofMinutes(5))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (reply.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          path + " answered " + reply.statusCode() + ": " + reply.body());
    }
    return reply.body();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
