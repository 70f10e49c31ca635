package org.hippocamel.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hippocamel.bench.StubTei;

/**
 * Stores memories over REST and asks for them again: latency of {@code POST /v1/search} in each
 * mode and of {@code POST /v1/context} with graph and diversity, the query's embedding included,
 * and what each stage of it takes, by the program's own metrics. Memories stand in sessions of
 * twenty, so the graph has neighbours to follow.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.SearchBench [memories=20000]
 * [queries=1000] [clients=1] [words=10] [limit=5] [pages=1] [model=true] [url=http://...]}. With
 * {@code model=false} vectors are scripted: then the store is filled in a fraction of the time and
 * the embedding costs next to nothing, for stores of 100,000 and more. Without {@code url} the
 * packaged program is started in a folder of its own with its embedded servers.
 */
public final class SearchBench {
  private static final int LINES_PER_REQUEST = 500;
  private static final int WRITERS = 4;
  private static final int TURNS = 20;
  private static final String CONTEXT = "context";
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid", CONTEXT);
  private static final List<String> STAGES =
      List.of("embed", "vector", "lexical", "complete", "fuse", "rows");
  private static final List<String> CONTEXT_STAGES =
      List.of("recall", "graph", "rows", "diversity", "tokens");

  private final RestClient rest;
  private final Arguments given;
  private final int words;

  private SearchBench(RestClient rest, Arguments given) {
    this.rest = rest;
    this.given = given;
    this.words = given.number("words", 10);
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    if (given.text("model", "true").equals("true")) {
      RestClient.run(given, "search-bench", Map.of(), rest -> new SearchBench(rest, given).run());
      return;
    }
    try (StubTei tei = new StubTei(StubTei.Options.defaults().withoutMemory())) {
      Map<String, String> environment = Map.of("TEI_URL", tei.url());
      RestClient.run(
          given, "search-bench", environment, rest -> new SearchBench(rest, given).run());
    }
  }

  private void run() throws Exception {
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
    System.out.printf(
        "%-8s %7s %7s %7s %7s %7s %9s | mean ms of each stage, and runs for a search%n",
        "mode", "clients", "p50 ms", "p90 ms", "p99 ms", "max ms", "queries/s");
    for (String mode : MODES) {
      ask(mode, Math.min(given.number("queries", 1_000), 300), 1_000);
      measure(mode);
    }
  }

  private void measure(String mode) throws Exception {
    int queries = given.number("queries", 1_000);
    Map<String, double[]> before = stages(mode);
    long start = System.nanoTime();
    double[] millis = ask(mode, queries, 2_000);
    double took = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-8s %7d %7.1f %7.1f %7.1f %7.1f %9.0f |",
        mode,
        given.number("clients", 1),
        at(millis, 0.5),
        at(millis, 0.9),
        at(millis, 0.99),
        at(millis, 1),
        queries / took);
    stages(mode)
        .forEach(
            (stage, now) -> {
              double runs = now[0] - before.get(stage)[0];
              double sum = now[1] - before.get(stage)[1];
              if (runs > 0) {
                System.out.printf(
                    Locale.ROOT, "  %s %.2f x%.2f", stage, 1_000 * sum / runs, runs / queries);
              }
            });
    System.out.println();
  }

  /** Runs and seconds of each stage so far; none where the metrics cannot be reached. */
  private Map<String, double[]> stages(String mode) {
    boolean context = mode.equals(CONTEXT);
    List<String> names = context ? CONTEXT_STAGES : STAGES;
    String timer = context ? "context" : "recall";
    String label = context ? "{" : "{mode=\"" + mode + "\",";
    Map<String, double[]> stages = new LinkedHashMap<>();
    List<String> metrics = rest.metrics().lines().toList();
    for (String stage : metrics.isEmpty() ? List.<String>of() : names) {
      String labels = label + "stage=\"" + stage + "\"}";
      stages.put(
          stage,
          new double[] {
            value(metrics, timer, "count" + labels), value(metrics, timer, "sum" + labels)
          });
    }
    return stages;
  }

  private static double value(List<String> metrics, String timer, String name) {
    String begin = "hippocamel_" + timer + "_stage_seconds_" + name + " ";
    return metrics.stream()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(begin.length())))
        .findFirst()
        .orElseThrow();
  }

  private void seed(int memories) throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    try {
      Prose prose = new Prose(1);
      List<Future<?>> pending = new ArrayList<>();
      for (int first = 0; first < memories; first += LINES_PER_REQUEST) {
        List<String> lines = new ArrayList<>();
        for (int i = first; i < Math.min(first + LINES_PER_REQUEST, memories); i++) {
          lines.add(
              ("{\"agent_id\":\"agent-%d\",\"session_id\":\"s-%d\",\"seq\":%d,"
                      + "\"id\":\"m-%d\",\"text\":\"%s\"}")
                  .formatted(i % 50, i / TURNS, i % TURNS, i, prose.words(words)));
        }
        pending.add(writers.submit(() -> rest.store(lines, LINES_PER_REQUEST)));
      }
      for (Future<?> written : pending) {
        written.get();
      }
    } finally {
      writers.shutdown();
    }
  }

  /**
   * Latencies in milliseconds, sorted. Every query is new, so that no cache can answer it; with
   * several pages what counts is the last one.
   */
  private double[] ask(String mode, int queries, long seed) throws Exception {
    int clients = given.number("clients", 1);
    double[] millis = new double[queries];
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService askers = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> pending = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        int first = client;
        Prose prose = new Prose(seed + 31L * MODES.indexOf(mode) + 1_000L * client);
        pending.add(
            askers.submit(
                () -> {
                  together.await();
                  for (int i = first; i < queries; i += clients) {
                    millis[i] = millis(mode, prose.words(8));
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

  private double millis(String mode, String query) {
    return mode.equals(CONTEXT) ? contextMillis(query) : searchMillis(mode, query);
  }

  private double contextMillis(String query) {
    String body =
        RestClient.json(
            Map.of(
                "query", query, "k", given.number("limit", 5), "graph", true, "diversity", true));
    long start = System.nanoTime();
    RestClient.Answer answer = rest.post("/v1/context", body);
    double took = (System.nanoTime() - start) / 1e6;
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.toString());
    }
    return took;
  }

  private double searchMillis(String mode, String query) {
    Map<String, Object> search = new HashMap<>();
    search.put("query", query);
    search.put("mode", mode);
    search.put("limit", given.number("limit", 5));
    double took = 0;
    for (int page = given.number("pages", 1); page > 0; page--) {
      String body = RestClient.json(search);
      long start = System.nanoTime();
      RestClient.Answer answer = rest.post("/v1/search", body);
      took = (System.nanoTime() - start) / 1e6;
      if (answer.status() != 200) {
        throw new IllegalStateException(answer.toString());
      }
      if (page > 1) {
        search.put("cursor", answer.json().get("next_cursor").asText());
      }
    }
    return took;
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
