package org.hippocamel.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hippocamel.bench.StubTei;

/**
 * Many clients who each send one text at a time: to be embedded, or to be remembered. The embedder
 * is the stub, which serves one call after another.
 *
 * <p>After {@code mvn -q -DskipTests package test-compile}: {@code java -cp
 * target/test-classes:target/hippocamel.jar org.hippocamel.drill.CrowdBench [path=/v1/interactions]
 * [clients=256] [seconds=10] [rounds=3] [service=5] [words=20] ["java=-Dkey=value ..."]}.
 */
public final class CrowdBench {
  private CrowdBench() {}

  public static void main(String[] args) throws Exception {
    Arguments given = new Arguments(args);
    String path = given.text("path", "/v1/interactions");
    int clients = given.number("clients", 256);
    int rounds = given.number("rounds", 3);
    int words = given.number("words", 20);
    double seconds = given.number("seconds", 10);
    Path folder = Files.createTempDirectory("crowd-bench");
    BundleProcess.install(folder);
    List<String> options = new ArrayList<>(List.of("-Xmx1g"));
    if (!given.text("java", "").isEmpty()) {
      options.addAll(List.of(given.text("java", "").split(" ")));
    }
    StubTei.Options stub = StubTei.Options.defaults().withServiceMillis(given.number("service", 5));
    try (StubTei tei = new StubTei(stub);
        BundleProcess bundle =
            BundleProcess.start(
                folder, Map.of("TEI_URL", tei.url()), options.toArray(String[]::new))) {
      System.out.printf("%s, %d clients, %s%n", path, clients, folder);
      System.out.printf(
          "%-6s %10s %8s %8s %8s %10s %12s %10s%n",
          "round",
          "requests/s",
          "p50 ms",
          "p99 ms",
          "refused",
          "TEI calls",
          "texts a call",
          "cpu ms");
      for (int round = 0; round <= rounds; round++) {
        Prose[] prose = new Prose[clients];
        for (int client = 0; client < clients; client++) {
          prose[client] = new Prose(1_000L * round + client);
        }
        Crowd crowd =
            new Crowd(
                bundle.rest() + path,
                clients,
                (client, post) -> body(path, prose[client].words(words)));
        tei.forgetCalls();
        double used = bundle.processorSeconds();
        Crowd.Met met = crowd.post(seconds);
        used = bundle.processorSeconds() - used;
        int calls = tei.calls().size();
        int texts = tei.calls().stream().mapToInt(call -> call.texts().size()).sum();
        System.out.printf(
            Locale.ROOT,
            "%-6s %10.0f %8.1f %8.1f %8d %10.3f %12.1f %10.3f%n",
            round == 0 ? "warm" : "" + round,
            met.perSecond(),
            met.at(0.5),
            met.at(0.99),
            met.refused(),
            (double) calls / met.millis().length,
            (double) texts / calls,
            1e3 * used / met.millis().length);
        if (bundle.endedWithin(Duration.ofMillis(500))) {
          throw new IllegalStateException("the program ended, see " + folder);
        }
      }
    }
  }

  private static String body(String path, String text) {
    return path.endsWith("/embeddings")
        ? "{\"input\":\"%s\",\"encoding_format\":\"base64\"}".formatted(text)
        : "{\"agent_id\":\"crowd\",\"text\":\"%s\"}".formatted(text);
  }
}
