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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/**
 * A real Prometheus scrapes the packaged program and its embedded TEI under {@link MixedLoad},
 * evaluates the alert rules, and answers the query of every panel of the dashboard. The reranker is
 * a scripted one that is away for some seconds now and then. Prints each panel with its values, and
 * each alert with its state; ends with 1 when a panel is empty that needs no GPU, or a rule cannot
 * be evaluated.
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
  private final String prometheus;

  private PrometheusDrill(String prometheus) {
    this.prometheus = prometheus;
  }

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    Path folder = Files.createTempDirectory("prometheus-drill");
    BundleProcess.install(folder);
    boolean fine;
    int seconds = given.number("seconds", 90);
    Map<String, String> settings = new HashMap<>(MixedLoad.evaluations(folder));
    try (StubProcess reranker = reranker(folder, seconds, settings);
        BundleProcess bundle = BundleProcess.start(folder, settings)) {
      int port = free();
      Path configuration = configuration(folder, bundle);
      Process scraping = prometheus(folder, configuration, port);
      try {
        PrometheusDrill drill = new PrometheusDrill("http://127.0.0.1:" + port);
        MixedLoad load = new MixedLoad(bundle.rest(), folder.resolve("inbox"));
        Map<String, Long> answers = load.run(seconds, given.number("clients", 8));
        fine = drill.panels() & drill.alerts();
        System.out.println("\n| Request and status | Answers |\n|---|---|");
        answers.forEach((what, count) -> System.out.println("| `" + what + "` | " + count + " |"));
      } finally {
        scraping.destroy();
        scraping.waitFor(20, TimeUnit.SECONDS);
      }
    }
    System.exit(fine ? 0 : 1);
  }

  /** Away for three seconds of every fifteen. */
  private static StubProcess reranker(Path folder, int seconds, Map<String, String> settings)
      throws IOException {
    List<String> options = new ArrayList<>(List.of("--reranker", "--service-millis", "5"));
    for (int at = 15; at < seconds + 60; at += 15) {
      options.addAll(List.of("--fault", at + "s.." + (at + 3) + "s unavailable"));
    }
    StubProcess stub = StubProcess.start(folder, options.toArray(String[]::new));
    settings.put("RERANK_URL", stub.url());
    return stub;
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

  private boolean panels() throws IOException, InterruptedException {
    boolean fine = true;
    JsonNode dashboard = JSON.readTree(Path.of("ops/grafana/dashboards/hippocamel.json").toFile());
    System.out.println("| Panel | Query | Value |\n|---|---|---|");
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String query = target.get("expr").asText();
        JsonNode found = query(query);
        boolean gpu = query.startsWith("DCGM_");
        boolean empty = values(found).isEmpty();
        fine &= gpu || !empty;
        System.out.printf(
            "| %s | `%s` | %s |%n",
            panel.get("title").asText(),
            query.replace("|", "\\|"),
            empty ? gpu ? "(no GPU here)" : "EMPTY" : String.join("; ", values(found)));
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

  /** The first series that have a value: a quotient of nothing by nothing has none. */
  private static List<String> values(JsonNode found) {
    List<String> shown = new ArrayList<>();
    for (JsonNode series : found) {
      double value = Double.parseDouble(series.at("/value/1").asText());
      if (!Double.isNaN(value)) {
        String labels = labels(series.path("metric"));
        shown.add((labels.isEmpty() ? "" : labels + ": ") + String.format("%.4g", value));
      }
    }
    int more = shown.size() - SHOWN;
    if (more > 0) {
      shown.subList(SHOWN, shown.size()).clear();
      shown.add("and " + more + " more");
    }
    return shown;
  }

  private static String labels(JsonNode metric) {
    List<String> labels = new ArrayList<>();
    metric
        .fields()
        .forEachRemaining(
            label -> {
              if (!label.getKey().matches("__name__|job|instance|le")) {
                labels.add(label.getValue().asText());
              }
            });
    return String.join(" ", labels);
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
