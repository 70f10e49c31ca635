package org.hippocamel.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * A real Prometheus scrapes the packaged program and its embedded TEI while clients write, search
 * and drop files, evaluates the alert rules, and answers the query of every panel of the dashboard.
 * Prints each panel with its values, and each alert with its state; ends with 1 when a panel is
 * empty that needs no GPU, or a rule cannot be evaluated.
 *
 * <p>Needs {@code prometheus} (Debian: {@code apt-get install prometheus}). After {@code mvn -q
 * -DskipTests package test-compile}: {@code java -cp target/test-classes:target/hippocamel.jar
 * org.hippocamel.drill.PrometheusDrill [seconds=90] [clients=8]}.
 */
public final class PrometheusDrill {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String WINDOW = "30s";
  private static final int SHOWN = 4;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String rest;
  private final String prometheus;

  private PrometheusDrill(String rest, String prometheus) {
    this.rest = rest;
    this.prometheus = prometheus;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("prometheus-drill");
    BundleProcess.install(folder);
    boolean fine;
    try (BundleProcess bundle = BundleProcess.start(folder, Map.of())) {
      int port = free();
      Path configuration = configuration(folder, bundle);
      Process scraping = prometheus(folder, configuration, port);
      try {
        PrometheusDrill drill = new PrometheusDrill(bundle.rest(), "http://127.0.0.1:" + port);
        drill.load(
            folder.resolve("inbox"), given.number("seconds", 90), given.number("clients", 8));
        fine = drill.panels() & drill.alerts();
      } finally {
        scraping.destroy();
        scraping.waitFor(20, TimeUnit.SECONDS);
      }
    }
    System.exit(fine ? 0 : 1);
  }

  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The shipped one, with the addresses of this run and shorter intervals. */
  private static Path configuration(Path folder, BundleProcess bundle) throws IOException {
    Files.createDirectories(folder.resolve("prometheus/rules"));
    Files.copy(
        Path.of("ops/prometheus/rules/hippocamel.yml"),
        folder.resolve("prometheus/rules/hippocamel.yml"));
    String shipped = Files.readString(Path.of("ops/prometheus/prometheus.yml"));
    String here =
        shipped
            .replace("15s", "2s")
            .replace("app:9876", bundle.management().replace("http://", ""))
            .replaceFirst(
                "(?s)    dns_sd_configs:\\n      - names: \\[tei, tei-gpu].*?port: 80\\n",
                "    static_configs:\n      - targets: [\""
                    + bundle.embedder().replace("http://", "")
                    + "\"]\n");
    return Files.writeString(folder.resolve("prometheus/prometheus.yml"), here);
  }

  private static Process prometheus(Path folder, Path configuration, int port) throws IOException {
    return new ProcessBuilder(
            "prometheus",
            "--config.file=" + configuration,
            "--storage.tsdb.path=" + folder.resolve("prometheus/data"),
            "--web.listen-address=127.0.0.1:" + port)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("prometheus.log").toFile())
        .start();
  }

  /**
   * Clients that store, ask, ask the same again and embed; files that are good and one that is not.
   */
  private void load(Path inbox, int seconds, int clients) throws Exception {
    Instant end = Instant.now().plusSeconds(seconds);
    ExecutorService crowd = Executors.newFixedThreadPool(clients + 1);
    for (int client = 0; client < clients; client++) {
      Prose prose = new Prose(client);
      crowd.submit(() -> client(prose, end));
    }
    crowd.submit(() -> drop(inbox, end));
    crowd.shutdown();
    crowd.awaitTermination(seconds + 60, TimeUnit.SECONDS);
  }

  private Void client(Prose prose, Instant end) throws Exception {
    while (Instant.now().isBefore(end)) {
      String text = prose.words(20);
      post(
          "/v1/interactions",
          JSON.createObjectNode().put("agent_id", "drill").put("text", text).toString());
      for (int again = 0; again < 2; again++) {
        post("/v1/search", JSON.createObjectNode().put("query", text).toString());
      }
      post("/v1/embeddings", JSON.createObjectNode().put("input", prose.words(60)).toString());
    }
    return null;
  }

  private static Void drop(Path inbox, Instant end) throws Exception {
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
      TimeUnit.SECONDS.sleep(5);
    }
    return null;
  }

  private void post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(rest + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    http.send(request, HttpResponse.BodyHandlers.discarding());
  }

  private boolean panels() throws IOException, InterruptedException {
    boolean fine = true;
    JsonNode dashboard = JSON.readTree(Path.of("ops/grafana/dashboards/hippocamel.json").toFile());
    System.out.println("| Panel | Query | Value |\n|---|---|---|");
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.get("expr").asText();
        JsonNode found = query(query);
        boolean gpu = query.startsWith("DCGM_");
        fine &= gpu || !found.isEmpty();
        System.out.printf(
            "| %s | `%s` | %s |%n",
            panel.get("title").asText(),
            query.replace("|", "\\|"),
            found.isEmpty() ? gpu ? "(no GPU here)" : "EMPTY" : values(found));
      }
    }
    return fine;
  }

  private JsonNode query(String query) throws IOException, InterruptedException {
    String asked = query.replace("$__rate_interval", WINDOW).replace("$__range", "1m");
    JsonNode reply = get("/api/v1/query?query=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
    if (!reply.path("status").asText().equals("success")) {
      throw new IllegalStateException(query + ": " + reply);
    }
    return reply.at("/data/result");
  }

  private static String values(JsonNode found) {
    List<String> shown = new ArrayList<>();
    for (JsonNode series : found) {
      StringBuilder labels = new StringBuilder();
      series
          .path("metric")
          .fields()
          .forEachRemaining(
              label -> {
                if (!label.getKey().matches("__name__|job|instance|le")) {
                  labels.append(labels.isEmpty() ? "" : " ").append(label.getValue().asText());
                }
              });
      double value = Double.parseDouble(series.at("/value/1").asText());
      shown.add((labels.isEmpty() ? "" : labels + ": ") + String.format("%.4g", value));
    }
    int more = shown.size() - SHOWN;
    return String.join("; ", shown.subList(0, Math.min(SHOWN, shown.size())))
        + (more > 0 ? "; and " + more + " more" : "");
  }

  private boolean alerts() throws IOException, InterruptedException {
    System.out.println("\n| Alert | Evaluated | State |\n|---|---|---|");
    JsonNode rules = get("/api/v1/rules").at("/data/groups/0/rules");
    for (JsonNode rule : rules) {
      System.out.printf(
          "| %s | %s | %s |%n",
          rule.get("name").asText(), rule.get("health").asText(), rule.get("state").asText());
    }
    return rules.size() > 0
        && StreamSupport.stream(rules.spliterator(), false)
            .allMatch(rule -> rule.get("health").asText().equals("ok"));
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(prometheus + path)).build();
    return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
  }
}
