package org.hippocamel.drill;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
 * Kills the program while many clients store one interaction after another, which share their bulk
 * writes, and looks whether every row that was acknowledged is there afterwards.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.KillWriters [kills=10]
 * [clients=64] [alive=3000] [seed=1]}. Ends with 1 when something is lost.
 */
public final class KillWriters {
  private final int clients;
  private final Path folder;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private KillWriters(int clients) throws IOException {
    this.clients = clients;
    this.folder = Files.createTempDirectory("kill-writers");
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    KillWriters drill = new KillWriters(given.number("clients", 64));
    Random random = new Random(given.number("seed", 1));
    BundleProcess.install(drill.folder);
    System.out.printf("folder %s%n%4s %10s %14s%n", drill.folder, "kill", "alive, ms", "known");
    boolean good;
    try (StubTei tei = new StubTei(StubTei.Options.defaults().withServiceMillis(5))) {
      for (int kill = 1; kill <= given.number("kills", 10); kill++) {
        int alive = 500 + random.nextInt(given.number("alive", 3_000));
        drill.kill(tei, kill, alive);
        System.out.printf("%4d %10d %14d%n", kill, alive, drill.acknowledged.size());
      }
      good = drill.allThere(tei);
    }
    System.exit(good ? 0 : 1);
  }

  private BundleProcess start(StubTei tei) throws IOException {
    return BundleProcess.start(folder, Map.of("TEI_URL", tei.url()));
  }

  private void kill(StubTei tei, int round, int alive) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (BundleProcess bundle = start(tei)) {
      String url = bundle.rest() + "/v1/interactions";
      List<Future<?>> all = new ArrayList<>();
      for (int client = 0; client < clients; client++) {
        String prefix = "k" + round + "-c" + client + "-";
        all.add(threads.submit(() -> write(url, prefix)));
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
  private void write(String url, String prefix) {
    try {
      for (int i = 0; ; i++) {
        String id = prefix + i;
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"id\":\"%s\",\"agent_id\":\"a\",\"text\":\"%s\"}".formatted(id, id)))
                .build();
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 201) {
          acknowledged.add("default:" + id);
        }
      }
    } catch (IOException killed) {
      // the end of this round
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean allThere(StubTei tei) throws Exception {
    try (BundleProcess bundle = start(tei)) {
      bundle.rest();
      Set<String> found = new HashSet<>();
      try (MongoClient store = MongoClients.create(bundle.store())) {
        for (Document row : store.getDatabase("hippocamel").getCollection("memories").find()) {
          found.add(row.getString("_id"));
        }
      }
      long lost = acknowledged.stream().filter(key -> !found.contains(key)).count();
      System.out.printf(
          "%d acknowledged, %d stored, %d lost%n", acknowledged.size(), found.size(), lost);
      return lost == 0;
    }
  }
}
