package org.hippocamel.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hippocamel.StoreRelay;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;

/**
 * Many clients who each send one text at a time: to be embedded, or to be remembered. The embedder
 * is the stub, which serves one call after another. With {@code count=true} the store runs here,
 * behind a relay that counts what it is asked; it slows the store down.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.CrowdBench [path=/v1/interactions]
 * [clients=256] [seconds=10] [rounds=3] [service=5] [words=20] [count=false] ["java=-Dkey=value
 * ..."]}.
 */
public final class CrowdBench {
  private final Arguments given;
  private final String path;
  private final int clients;
  private final Path folder;

  private CrowdBench(Arguments given) throws Exception {
    this.given = given;
    this.path = given.text("path", "/v1/interactions");
    this.clients = given.number("clients", 256);
    this.folder = Files.createTempDirectory("crowd-bench");
  }

  public static void main(String[] args) throws Exception {
    CrowdBench bench = new CrowdBench(new Arguments(args));
    BundleProcess.install(bench.folder);
    if (bench.given.text("count", "false").equals("true")) {
      AtlasOptions options = AtlasOptions.in(bench.folder.resolve("store"));
      try (EmbeddedAtlas store = EmbeddedAtlas.start(options);
          StoreRelay relay = new StoreRelay(store.connectionString())) {
        bench.run(relay);
      }
    } else {
      bench.run(null);
    }
  }

  private void run(StoreRelay relay) throws Exception {
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    if (!given.text("java", "").isEmpty()) {
      options.addAll(List.of(given.text("java", "").split(" ")));
    }
    StubTei.Options stub = StubTei.Options.defaults().withServiceMillis(given.number("service", 5));
    try (StubTei tei = new StubTei(stub);
        BundleProcess bundle =
            BundleProcess.start(folder, environment(tei, relay), options.toArray(String[]::new))) {
      System.out.printf("%s, %d clients, %s%n", path, clients, folder);
      System.out.printf(
          "%-6s %10s %8s %8s %8s %9s %8s | for each request: %9s %9s %9s%n",
          "round",
          "requests/s",
          "p50 ms",
          "p99 ms",
          "refused",
          "texts/TEI",
          "cpu ms",
          "TEI calls",
          "look-ups",
          "bulks");
      int rounds = given.number("rounds", 3);
      for (int round = 0; round <= rounds; round++) {
        if (relay != null) {
          relay.forget();
        }
        tei.forgetCalls();
        round(round, bundle, tei, relay);
        if (bundle.endedWithin(Duration.ofMillis(500))) {
          throw new IllegalStateException("the program ended, see " + folder);
        }
      }
    }
  }

  private static Map<String, String> environment(StubTei tei, StoreRelay relay) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TEI_URL", tei.url());
    if (relay != null) {
      environment.put("MONGODB_URI", relay.url());
    }
    return environment;
  }

  private void round(int round, BundleProcess bundle, StubTei tei, StoreRelay relay)
      throws Exception {
    int words = given.number("words", 20);
    Prose[] prose = new Prose[clients];
    for (int client = 0; client < clients; client++) {
      prose[client] = new Prose(1_000L * round + client);
    }
    Crowd crowd =
        new Crowd(
            bundle.rest() + path, clients, (client, post) -> body(prose[client].words(words)));
    double used = bundle.processorSeconds();
    Crowd.Met met = crowd.post(given.number("seconds", 10));
    used = bundle.processorSeconds() - used;
    int calls = tei.calls().size();
    double requests = met.millis().length;
    System.out.printf(
        Locale.ROOT,
        "%-6s %10.0f %8.1f %8.1f %8d %9.1f %8.3f | %27.3f %9.3f %9.3f%n",
        round == 0 ? "warm" : "" + round,
        met.perSecond(),
        met.at(0.5),
        met.at(0.99),
        met.refused(),
        tei.calls().stream().mapToInt(call -> call.texts().size()).sum() / (double) calls,
        1e3 * used / requests,
        calls / requests,
        relay == null ? Double.NaN : relay.count("aggregate") / requests,
        relay == null ? Double.NaN : relay.count("update") / requests);
  }

  private String body(String text) {
    return path.endsWith("/embeddings")
        ? "{\"input\":\"%s\",\"encoding_format\":\"base64\"}".formatted(text)
        : "{\"agent_id\":\"crowd\",\"text\":\"%s\"}".formatted(text);
  }
}
