package org.hippocamel.drill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Takes in cases with an outcome each, then searches for them: cases a second, and the latency of
 * {@code POST /v1/cases/search} with each ranking, the problem's embedding included, by one caller.
 * Then outcomes and feedback, one after the other.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.CaseImportBench [cases=10000]
 * [searches=1000] [words=12] [outcomes=1000] [url=http://...] [stub=true]}. With {@code stub} the
 * embedder is a scripted one that answers at once, so that what is left is the bank's own share.
 */
public final class CaseImportBench {
  private static final List<String> RANKINGS = List.of("similarity", "value", "kernel");

  private final CaseClient client;
  private final int words;

  private CaseImportBench(CaseClient client, int words) {
    this.client = client;
    this.words = words;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String url = given.text("url", "");
    if (!url.isEmpty()) {
      run(given, url);
      return;
    }
    Path folder = Files.createTempDirectory("case-import-bench");
    BundleProcess.install(folder);
    if (Boolean.parseBoolean(given.text("stub", "false"))) {
      try (StubProcess stub = StubProcess.start(folder);
          BundleProcess bundle = BundleProcess.start(folder, Map.of("TEI_URL", stub.url()))) {
        run(given, bundle.rest());
      }
      return;
    }
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      run(given, bundle.rest());
      System.out.printf("resident %d MB at the end%n", bundle.residentMegabytes());
    }
  }

  private static void run(Arguments given, String url) {
    CaseImportBench bench =
        new CaseImportBench(new CaseClient(url, given.text("key", "")), given.number("words", 12));
    int cases = given.number("cases", 10_000);
    bench.store(cases);
    int searches = given.number("searches", 1_000);
    System.out.printf("%-22s %8s %8s %8s %8s%n", "", "p50 ms", "p90 ms", "p99 ms", "max ms");
    for (String ranking : RANKINGS) {
      bench.search(ranking, Math.min(300, searches), false, 1);
      bench.print(ranking, bench.search(ranking, searches, false, 2));
    }
    bench.print("value, for a run", bench.search("value", searches, true, 3));
    bench.print("feedback on it", bench.feedback(searches));
    bench.print("outcome", bench.outcomes(cases, given.number("outcomes", 1_000)));
  }

  private void store(int count) {
    Prose prose = new Prose(1);
    List<ObjectNode> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectNode one =
          CaseClient.JSON
              .createObjectNode()
              .put("id", "case-" + i)
              .put("problem", prose.words(words))
              .put("solution", prose.words(3 * words))
              .put("task_type", "type-" + i % 20);
      one.putObject("outcome").put("status", i % 5 == 0 ? "failure" : "success");
      cases.add(one);
    }
    long began = System.nanoTime();
    client.store(cases);
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%d cases with an outcome each in %.1f s, %.0f/s%n",
        count,
        seconds,
        count / seconds);
  }

  /** Latencies in milliseconds. Every problem is new, so that no cache can answer it. */
  private double[] search(String ranking, int count, boolean runs, long seed) {
    Prose prose = new Prose(1_000 * seed + RANKINGS.indexOf(ranking));
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      ObjectNode body =
          CaseClient.JSON
              .createObjectNode()
              .put("problem", prose.words(words))
              .put("k", 3)
              .put("k_negative", 1)
              .put("ranking", ranking)
              .put("min_similarity", -100);
      if (runs) {
        body.put("run_id", "run-" + i);
      }
      long began = System.nanoTime();
      client.search(body);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    return millis;
  }

  private double[] feedback(int runs) {
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      long began = System.nanoTime();
      client.feedback("run-" + i, i % 2);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    return millis;
  }

  private double[] outcomes(int cases, int count) {
    SplittableRandom random = new SplittableRandom(1);
    double[] millis = new double[count];
    for (int i = 0; i < count; i++) {
      ObjectNode outcome = CaseClient.JSON.createObjectNode().put("status", "success");
      long began = System.nanoTime();
      client.outcome("case-" + random.nextInt(cases), outcome);
      millis[i] = (System.nanoTime() - began) / 1e6;
    }
    return millis;
  }

  private void print(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-22s %8.1f %8.1f %8.1f %8.1f%n",
        what,
        at(millis, 0.5),
        at(millis, 0.9),
        at(millis, 0.99),
        at(millis, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
