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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.hippocamel.bench.StubTei;

/**
 * Kills the program at random moments of a re-embedding, and looks whether the job comes to its end
 * all the same, with no more texts embedded twice than a slice for each kill, and exact counts.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}, with the test class path: {@code
 * org.hippocamel.drill.KillReembed [kills=20] [memories=3000] [alive=4000] [slice=60] [portion=20]
 * [rate=...] [seed=1]}. The program lives for 500 ms and up to {@code alive} more each time; the
 * job is held to {@code rate} texts a second so that, by default, the last kill still finds it at
 * work. Ends with 1 when something is not as it should be.
 */
public final class KillReembed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SLICES_AT_ONCE = 3;
  private static final int SAMPLE = 10;
  private static final int SHORTEST = 500;
  private static final String NEW = "other-256";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Path folder;
  private final StubTei old = new StubTei(StubTei.Options.defaults().withoutMemory());
  private final StubTei next =
      new StubTei(
          StubTei.Options.defaults()
              .withModelId("acme/other")
              .withDimensions(256)
              .withServiceMillis(40));
  private final int memories;
  private final int slice;
  private final int portion;
  private final int rate;
  private String job;

  private KillReembed(Path folder, Arguments given, int kills, int alive) {
    this.folder = folder;
    this.memories = given.number("memories", 3_000);
    this.slice = given.number("slice", 60);
    this.portion = given.number("portion", slice / SLICES_AT_ONCE);
    double working = kills * (SHORTEST + alive / 2.0) / 1_000;
    this.rate = given.number("rate", (int) Math.max(1, Math.ceil(memories / working)));
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("kill-reembed");
    BundleProcess.install(folder);
    int kills = given.number("kills", 20);
    int alive = given.number("alive", 4_000);
    KillReembed drill = new KillReembed(folder, given, kills, alive);
    Random random = new Random(given.number("seed", 1));
    int hit = 0;
    for (int kill = 1; kill <= kills; kill++) {
      int millis = SHORTEST + random.nextInt(alive);
      String at = drill.kill(kill == 1, millis);
      hit += at.startsWith("done") ? 0 : 1;
      System.out.printf("kill %d after %d ms: %s%n", kill, millis, at);
    }
    System.exit(drill.end(hit) ? 0 : 1);
  }

  private BundleProcess start() throws Exception {
    return BundleProcess.start(
        folder,
        Map.of("TEI_URL", old.url(), "NEXT_TEI_URL", next.url()),
        "-Dreembed.slice-rows=" + slice,
        "-Dreembed.portion-rows=" + portion,
        "-Dreembed.slices-at-once=" + SLICES_AT_ONCE,
        "-Dreembed.texts-per-second=" + rate,
        "-Dreembed.verify-sample=" + SAMPLE,
        "-Djob.lease-millis=3000",
        "-Djob.poll-millis=100",
        "-Djob.heartbeat-millis=100",
        "-Dspaces.watch-millis=100",
        "-Djob.max-attempts=1000");
  }

  /** State and counts of the job shortly before the program was killed. */
  private String kill(boolean first, int alive) throws Exception {
    try (BundleProcess bundle = start()) {
      String url = bundle.rest();
      if (first) {
        fill(url, memories);
        job = post(url + "/v1/reembed", "{}").get("id").asText();
      }
      bundle.endedWithin(Duration.ofMillis(alive));
      JsonNode now = get(url + "/v1/jobs/" + job);
      bundle.kill();
      return "%s, %s of %s"
          .formatted(now.get("state").asText(), now.path("done"), now.path("total"));
    }
  }

  private boolean end(int kills) throws Exception {
    try (BundleProcess bundle = start()) {
      String url = bundle.rest();
      JsonNode now = get(url + "/v1/jobs/" + job);
      while (!List.of("done", "failed", "cancelled").contains(now.get("state").asText())) {
        Thread.sleep(200);
        now = get(url + "/v1/jobs/" + job);
      }
      System.out.println("job: " + now);
      long embedded =
          next.calls().stream()
              .flatMap(call -> call.texts().stream())
              .filter(text -> text.startsWith("memory"))
              .count();
      long twice = embedded - memories - SAMPLE;
      long missing;
      long done;
      long slices;
      try (MongoClient store = MongoClients.create(bundle.store())) {
        MongoCollection<Document> rows = store.getDatabase("hippocamel").getCollection("memories");
        missing =
            rows.countDocuments(new Document("vectors." + NEW, new Document("$exists", false)));
        long[] sums = new long[2];
        store
            .getDatabase("hippocamel")
            .getCollection("reembed_slices")
            .find()
            .forEach(
                slice -> {
                  sums[0] += slice.get("done", Number.class).longValue();
                  sums[1]++;
                });
        done = sums[0];
        slices = sums[1];
      }
      // A sample may be compared more than once, when the kill came after it.
      long most = (long) kills * (slice + SAMPLE);
      System.out.printf(
          "%d memories in %d slices of %d, %d texts embedded beside the sample of %d, %d more than"
              + " once (at most %d: a slice for each of %d kills, and samples again), %d counted by"
              + " the slices and %s by the job, %d without a vector%n",
          memories,
          slices,
          slice,
          embedded,
          SAMPLE,
          twice,
          most,
          kills,
          done,
          now.path("done"),
          missing);
      return now.get("state").asText().equals("done")
          && missing == 0
          && done == memories
          && now.path("done").asLong() == memories
          && twice <= most;
    } finally {
      old.close();
      next.close();
    }
  }

  private void fill(String url, int memories) throws Exception {
    for (int from = 0; from < memories; from += 100) {
      StringBuilder lines = new StringBuilder("[");
      for (int i = from; i < Math.min(memories, from + 100); i++) {
        lines
            .append(i == from ? "" : ",")
            .append("{\"id\":\"m%d\",\"agent_id\":\"a\",\"text\":\"memory %d\"}".formatted(i, i));
      }
      post(url + "/v1/interactions", lines.append("]").toString());
    }
  }

  private JsonNode get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private JsonNode post(String url, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
  }
}
