package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.hippocamel.bench.StubTei;

/**
 * Kills the program while 32 clients post outcomes to the same few cases, starts it again, and
 * compares: every acknowledged outcome is in the log once, and what each case's row says follows
 * from its log.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.KillOutcomes [kills=10]
 * [clients=32] [cases=4] [alive=3000] [seed=1]}. Ends with 1 when something is lost or differs.
 */
public final class KillOutcomes {
  private final int clients;
  private final int cases;
  private final Path folder;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();

  private KillOutcomes(int clients, int cases) throws Exception {
    this.clients = clients;
    this.cases = cases;
    this.folder = Files.createTempDirectory("kill-outcomes");
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    KillOutcomes drill = new KillOutcomes(given.number("clients", 32), given.number("cases", 4));
    Random random = new Random(given.number("seed", 1));
    BundleProcess.install(drill.folder);
    System.out.printf("folder %s%n%4s %10s %14s%n", drill.folder, "kill", "alive, ms", "known");
    boolean good;
    try (StubTei tei = new StubTei()) {
      for (int kill = 1; kill <= given.number("kills", 10); kill++) {
        int alive = 500 + random.nextInt(given.number("alive", 3_000));
        drill.kill(tei, kill, alive);
        System.out.printf("%4d %10d %14d%n", kill, alive, drill.acknowledged.size());
      }
      good = drill.agrees(tei);
    }
    System.exit(good ? 0 : 1);
  }

  /** Without decay sums are whole, so that a lost outcome cannot hide behind rounding. */
  private BundleProcess start(StubTei tei) throws Exception {
    return BundleProcess.start(folder, Map.of("TEI_URL", tei.url()), "-Dcases.half-life-days=0");
  }

  private void kill(StubTei tei, int round, int alive) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (BundleProcess bundle = start(tei)) {
      CaseClient client = new CaseClient(bundle.rest(), "");
      for (int number = 0; round == 1 && number < cases; number++) {
        ObjectNode one =
            CaseClient.JSON
                .createObjectNode()
                .put("id", "case-" + number)
                .put("problem", "problem " + number)
                .put("solution", "none");
        client.send("/v1/cases", one.toString());
      }
      List<Future<?>> all = new ArrayList<>();
      for (int number = 0; number < clients; number++) {
        String prefix = "k" + round + "-c" + number + "-";
        all.add(threads.submit(() -> write(client, prefix)));
      }
      bundle.endedWithin(Duration.ofMillis(alive));
      bundle.kill();
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Until nobody answers any more. */
  private void write(CaseClient client, String prefix) {
    try {
      for (int i = 0; ; i++) {
        String id = prefix + i;
        ObjectNode outcome =
            CaseClient.JSON
                .createObjectNode()
                .put("id", id)
                .put("status", i % 3 == 0 ? "failure" : "success");
        client.outcome("case-" + i % cases, outcome);
        acknowledged.add(id);
      }
    } catch (UncheckedIOException | IllegalStateException killed) {
      // the end of this round
    }
  }

  private boolean agrees(StubTei tei) throws Exception {
    try (BundleProcess bundle = start(tei);
        MongoClient store = MongoClients.create(bundle.store())) {
      bundle.rest();
      boolean agree = false;
      // It settles at once after the start, in the background.
      for (int i = 0; i < 300 && !agree; i++) {
        bundle.endedWithin(Duration.ofMillis(100));
        agree = differing(store).isEmpty();
      }
      differing(store).forEach(System.out::println);
      Set<String> log = new HashSet<>();
      long rows = 0;
      for (Document entry : log(store)) {
        log.add(entry.getString("_id"));
        rows++;
      }
      long lost = acknowledged.stream().filter(id -> !log.contains("default:" + id)).count();
      CaseClient client = new CaseClient(bundle.rest(), "");
      JsonNode shown = client.get("/v1/cases/case-0");
      System.out.printf(
          "%d acknowledged, %d in the log, %d lost; rows %s their logs; case-0 shows %s entries%n",
          acknowledged.size(), rows, lost, agree ? "equal" : "differ from", shown.get("entries"));
      return lost == 0 && agree;
    }
  }

  private static Iterable<Document> log(MongoClient store) {
    return store.getDatabase("hippocamel").getCollection("case_log").find();
  }

  /** Cases whose row says something else than their log, summed up here in another way. */
  private List<String> differing(MongoClient store) {
    Map<String, double[]> sums = new HashMap<>();
    for (Document entry : log(store)) {
      double[] sum = sums.computeIfAbsent(entry.getString("case"), key -> new double[3]);
      sum[0]++;
      sum[1] += entry.getDouble("reward");
      sum[2] += entry.getBoolean("success") ? 1 : 0;
    }
    List<String> differing = new ArrayList<>();
    for (Document row : store.getDatabase("hippocamel").getCollection("memories").find()) {
      Document stats = row.get("case", Document.class).get("stats", Document.class);
      double[] sum = sums.getOrDefault(row.getString("_id"), new double[3]);
      boolean same =
          sum[0] == number(stats, "rows")
              && sum[0] == number(stats, "uses")
              && sum[1] == number(stats, "wins")
              && sum[2] == number(stats, "successes");
      if (!same) {
        differing.add(row.getString("_id") + ": row " + stats + ", log " + sum[0]);
      }
    }
    return differing;
  }

  private static double number(Document stats, String field) {
    return stats.get(field) instanceof Number number ? number.doubleValue() : 0;
  }
}
