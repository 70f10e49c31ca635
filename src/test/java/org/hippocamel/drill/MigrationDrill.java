package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.bson.Document;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.own.MiniLm;

/**
 * Moves memories from bge-small to MiniLM while clients search and write, and looks whether any of
 * them noticed: failed queries, empty answers, answers from a space that is not complete, writes
 * that are missing in one of the spaces, and whether a rollback answers as before.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}, with the test class path: {@code
 * org.hippocamel.drill.MigrationDrill [memories=2000] [readers=8] [writers=4] [stub=false]}. With
 * {@code stub} both models are scripted and the figures of the embedder mean nothing. Ends with 1
 * when something is not as it should be.
 */
public final class MigrationDrill {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicBoolean over = new AtomicBoolean();
  private final LongAdder queries = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder empty = new LongAdder();
  private final Map<String, LongAdder> answeredBy = new ConcurrentHashMap<>();
  private final Queue<String> written = new ConcurrentLinkedQueue<>();
  private final Queue<Long> micros = new ConcurrentLinkedQueue<>();
  private final int memories;
  private String url;

  private MigrationDrill(int memories) {
    this.memories = memories;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("migration-drill");
    BundleProcess.install(folder);
    MigrationDrill drill = new MigrationDrill(given.number("memories", 2_000));
    boolean good;
    if (Boolean.parseBoolean(given.text("stub", "false"))) {
      StubTei.Options other =
          StubTei.Options.defaults()
              .withModelId("acme/all-MiniLM-L6-v2")
              .withDimensions(256)
              .withServiceMillis(10)
              .withoutMemory();
      try (StubTei old = new StubTei(StubTei.Options.defaults().withoutMemory());
          StubTei next = new StubTei(other)) {
        good = drill.run(given, folder, Map.of("TEI_URL", old.url(), "NEXT_TEI_URL", next.url()));
      }
    } else {
      try (EmbeddedTei next = MiniLm.start(folder)) {
        good = drill.run(given, folder, Map.of("NEXT_TEI_URL", next.url()));
      }
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run(Arguments given, Path folder, Map<String, String> environment)
      throws Exception {
    int readers = given.number("readers", 8);
    int writers = given.number("writers", 4);
    try (BundleProcess bundle = BundleProcess.start(folder, environment)) {
      url = bundle.rest();
      fill();
      String old = get("/v1/spaces").at("/spaces/0/id").asText();
      List<String> before = answers();
      ExecutorService threads = Executors.newFixedThreadPool(readers + writers);
      List<Future<?>> clients = new ArrayList<>();
      for (int i = 0; i < readers; i++) {
        int seed = i;
        clients.add(threads.submit(() -> read(seed)));
      }
      for (int i = 0; i < writers; i++) {
        String prefix = "w" + i + "-";
        clients.add(threads.submit(() -> write(prefix)));
      }
      Thread.sleep(2_000);
      long quiet = p99();
      micros.clear();
      long began = System.nanoTime();
      JsonNode job = post("/v1/reembed", "{}", 202);
      JsonNode done = ended(job);
      double seconds = (System.nanoTime() - began) / 1e9;
      long busy = p99();
      Thread.sleep(2_000);
      over.set(true);
      for (Future<?> one : clients) {
        one.get();
      }
      threads.shutdown();
      System.out.printf("job: %s%n", done);
      System.out.printf(
          "%d memories and %d written meanwhile in %.1f s (%.0f texts/s); query p99 %.1f ms before,"
              + " %.1f ms meanwhile%n",
          memories,
          written.size(),
          seconds,
          done.path("done").asLong() / seconds,
          quiet / 1e3,
          busy / 1e3);
      System.out.printf(
          "%d queries, %d failed, %d empty; answered by %s%n",
          queries.sum(), failed.sum(), empty.sum(), answeredBy);
      String now = get("/v1/spaces").at("/spaces/0/id").asText();
      long lacking = lacking(bundle, old, now);
      post("/v1/spaces/" + old + "/activate", "", 200);
      int same = same(before, answers());
      System.out.printf(
          "switched from %s to %s; %d writes lack a vector in one of them; after the rollback %d of"
              + " %d questions about old memories are answered as before%n",
          old, now, lacking, same, before.size());
      return done.path("state").asText().equals("done")
          && failed.sum() == 0
          && empty.sum() == 0
          && lacking == 0
          && !old.equals(now)
          && same == before.size()
          && answeredBy.keySet().stream().allMatch(space -> space.equals(old) || space.equals(now));
    }
  }

  private void fill() throws Exception {
    for (int from = 0; from < memories; from += 100) {
      StringBuilder lines = new StringBuilder("[");
      for (int i = from; i < Math.min(memories, from + 100); i++) {
        lines
            .append(i == from ? "" : ",")
            .append("{\"id\":\"m%d\",\"agent_id\":\"old\",\"text\":\"%s\"}".formatted(i, text(i)));
      }
      post("/v1/interactions", lines.append("]").toString(), 200);
    }
  }

  private static String text(int i) {
    return "customer %d asked for article %d in colour %s".formatted(i, i * 7 % 1_000, colour(i));
  }

  private static String colour(int i) {
    return List.of("red", "green", "blue", "yellow", "black").get(i % 5);
  }

  /** What the same questions are answered with, among the memories of before. */
  private List<String> answers() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      JsonNode reply =
          post(
              "/v1/search",
              "{\"query\":\"%s\",\"mode\":\"vector\",\"agent_id\":\"old\"}".formatted(text(i * 31)),
              200);
      all.add(reply.get("results").findValuesAsText("id").toString());
    }
    return all;
  }

  private static int same(List<String> one, List<String> other) {
    int same = 0;
    for (int i = 0; i < one.size(); i++) {
      same += one.get(i).equals(other.get(i)) ? 1 : 0;
    }
    return same;
  }

  private void read(int seed) {
    for (int i = seed; !over.get(); i += 13) {
      long began = System.nanoTime();
      try {
        HttpResponse<String> reply =
            send(
                "/v1/search",
                "{\"query\":\"%s\",\"mode\":\"%s\"}"
                    .formatted(text(i % memories), i % 2 == 0 ? "vector" : "hybrid"));
        micros.add((System.nanoTime() - began) / 1_000);
        queries.increment();
        JsonNode body = JSON.readTree(reply.body());
        if (reply.statusCode() != 200 || body.has("degraded")) {
          failed.increment();
          System.out.println("failed: " + reply.statusCode() + " " + reply.body());
        } else {
          answeredBy
              .computeIfAbsent(body.get("space").asText(), space -> new LongAdder())
              .increment();
          if (body.get("results").isEmpty()) {
            empty.increment();
          }
        }
      } catch (Exception e) {
        failed.increment();
        System.out.println("failed: " + e);
      }
    }
  }

  private void write(String prefix) {
    AtomicInteger number = new AtomicInteger();
    while (!over.get()) {
      String id = prefix + number.incrementAndGet();
      try {
        HttpResponse<String> reply =
            send(
                "/v1/interactions",
                "{\"id\":\"%s\",\"agent_id\":\"new\",\"text\":\"note %s of today\"}"
                    .formatted(id, id));
        if (reply.statusCode() == 201) {
          written.add("default:" + id);
        } else {
          failed.increment();
          System.out.println("not stored: " + reply.statusCode() + " " + reply.body());
        }
        Thread.sleep(20);
      } catch (Exception e) {
        failed.increment();
        System.out.println("not stored: " + e);
      }
    }
  }

  /** Rows that lack a vector in one of the spaces, those written meanwhile among them. */
  private long lacking(BundleProcess bundle, String old, String now) {
    try (MongoClient store = MongoClients.create(bundle.store())) {
      MongoCollection<Document> rows = store.getDatabase("hippocamel").getCollection("memories");
      long there =
          written.stream()
              .filter(key -> rows.countDocuments(new Document("_id", key)) == 0)
              .count();
      Document absent = new Document("$exists", false);
      return there
          + rows.countDocuments(new Document("vectors." + old, absent))
          + rows.countDocuments(new Document("vectors." + now, absent));
    }
  }

  private long p99() {
    long[] all = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    return all.length == 0
        ? 0
        : Arrays.stream(all).skip(all.length * 99L / 100).findFirst().orElse(0);
  }

  private JsonNode ended(JsonNode job) throws Exception {
    JsonNode now = job;
    while (!List.of("done", "failed", "cancelled").contains(now.get("state").asText())) {
      Thread.sleep(200);
      now = get("/v1/jobs/" + job.get("id").asText());
    }
    return now;
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private JsonNode post(String path, String body, int status) throws Exception {
    HttpResponse<String> reply = send(path, body);
    if (reply.statusCode() != status) {
      throw new IllegalStateException(path + " " + reply.statusCode() + " " + reply.body());
    }
    return JSON.readTree(reply.body());
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
