package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that a dashboard shows, at once: clients that store, search (with and without the
 * reranker), ask the same again, gather contexts with all stages, embed, and use the case bank;
 * files that are good and one that is not; evaluations.
 */
final class MixedLoad {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FILE_SECONDS = 5;
  private static final int EVALUATION_SECONDS = 15;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
  private final String rest;
  private final Path inbox;

  MixedLoad(String rest, Path inbox) {
    this.rest = rest;
    this.inbox = inbox;
  }

  /** Settings for {@link BundleProcess}: where the labelled set of the evaluations is. */
  static Map<String, String> evaluations(Path folder) throws IOException {
    Path set = Files.createDirectories(folder.resolve("evaluation/tiny"));
    Prose prose = new Prose(17);
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder labels = new StringBuilder("query-id\tcorpus-id\tscore\n");
    for (int n = 0; n < 40; n++) {
      String text = prose.words(20);
      corpus.append("{\"_id\": \"d%d\", \"title\": \"\", \"text\": \"%s\"}\n".formatted(n, text));
      queries.append("{\"_id\": \"q%d\", \"text\": \"%s\"}\n".formatted(n, text.substring(0, 40)));
      labels.append("q%d\td%d\t1\n".formatted(n, n));
    }
    Files.writeString(set.resolve("corpus.jsonl"), corpus);
    Files.writeString(set.resolve("queries.jsonl"), queries);
    Files.writeString(set.resolve("qrels.tsv"), labels);
    return Map.of("EVALUATION_DIR", folder.resolve("evaluation").toString());
  }

  /** Goes on for so long; answers by path and status are what it returns. */
  Map<String, Long> run(int seconds, int clients) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(seconds);
    ExecutorService crowd = Executors.newFixedThreadPool(clients + 2);
    for (int client = 0; client < clients; client++) {
      int number = client;
      crowd.submit(() -> client(number, end));
    }
    crowd.submit(() -> drop(end));
    crowd.submit(() -> evaluate(end));
    crowd.shutdown();
    crowd.awaitTermination(seconds + 60, TimeUnit.SECONDS);
    Map<String, Long> sums = new TreeMap<>();
    answers.forEach((what, count) -> sums.put(what, count.sum()));
    return sums;
  }

  private Void client(int number, Instant end) throws Exception {
    Prose prose = new Prose(number);
    for (int round = 0; Instant.now().isBefore(end); round++) {
      String text = prose.words(20);
      post("/v1/interactions", object().put("agent_id", "drill").put("text", text));
      for (int again = 0; again < 2; again++) {
        post("/v1/search", object().put("query", text).put("rerank", again == 1));
      }
      post("/v1/embeddings", object().put("input", prose.words(60)));
      post(
          "/v1/context",
          object()
              .put("query", text)
              .put("graph", true)
              .put("rerank", true)
              .put("diversity", true));
      cases("run-" + number + "-" + round, text, prose.words(15));
    }
    return null;
  }

  private void cases(String run, String problem, String solution) throws Exception {
    JsonNode stored = post("/v1/cases", object().put("problem", problem).put("solution", solution));
    post(
        "/v1/cases/" + stored.path("id").asText() + "/outcomes",
        object().put("status", run.hashCode() % 3 == 0 ? "failure" : "success"));
    post(
        "/v1/cases/search",
        object().put("problem", problem).put("k_negative", 1).put("run_id", run));
    post("/v1/cases/feedback", object().put("run_id", run).put("reward", 1));
  }

  private Void drop(Instant end) throws Exception {
    Prose prose = new Prose(4711);
    for (int file = 0; Instant.now().isBefore(end); file++) {
      StringBuilder lines = new StringBuilder();
      for (int line = 0; line < 40; line++) {
        lines.append("{\"text\": \"").append(prose.words(15 + 3 * line)).append("\"}\n");
      }
      if (file == 2) {
        lines.append("no json\n"); // later than the first scrapes, so that the alert sees it come
      }
      Files.writeString(inbox.resolve("drop-" + file + ".jsonl"), lines);
      TimeUnit.SECONDS.sleep(FILE_SECONDS);
    }
    return null;
  }

  private Void evaluate(Instant end) throws Exception {
    while (Instant.now().isBefore(end)) {
      post("/v1/evaluations", object().put("dataset", "tiny"));
      TimeUnit.SECONDS.sleep(EVALUATION_SECONDS);
    }
    return null;
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rest + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8))
            .build();
    HttpResponse<byte[]> reply = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    String what = path.replaceFirst("/cases/[^/]+/outcomes", "/cases/{id}/outcomes");
    answers.computeIfAbsent(what + " " + reply.statusCode(), one -> new LongAdder()).increment();
    return JSON.readTree(reply.body());
  }
}
