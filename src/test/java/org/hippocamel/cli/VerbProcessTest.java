package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs as users start them: a process each. */
class VerbProcessTest {
  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  private Process start(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.hippocamel.App"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err.txt").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int ended(Process process) throws InterruptedException {
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still runs after a minute");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void eval_withoutUrlStoresASetInABundleOfItsOwnAndComparesWithAnEarlierRun() throws Exception {
    Path set = Files.createDirectory(folder.resolve("tiny"));
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String row = "{\"_id\": \"%s%d\", \"text\": \"lamp%d\", \"label\": \"%d\"}\n";
      corpus.append(row.formatted("d", i, i, i));
      queries.append(row.formatted("q", i, i, i));
    }
    Files.writeString(set.resolve("corpus.jsonl"), corpus);
    Files.writeString(set.resolve("queries.jsonl"), queries);
    Path json = folder.resolve("figures.json");
    Path html = folder.resolve("figures.html");
    try (StubTei stub = new StubTei()) {
      Map<String, String> environment = Map.of("TEI_URL", stub.url(), "API_KEYS_FILE", "none");
      String[] arguments = {"eval", "--dataset=" + set, "--mode=lexical", "--json=" + json};
      Process eval = start(environment, arguments);
      String table = new String(eval.getInputStream().readAllBytes());
      String err = Files.readString(folder.resolve("err.txt"));
      assertEquals(0, ended(eval), err);
      assertTrue(table.startsWith("tiny: 40 documents, 40 queries"), table);
      assertTrue(table.contains("  hit@1      1.0000  [1.0000, 1.0000]"), table);

      String[] again = {
        "eval",
        "--dataset=" + set,
        "--mode=lexical,hybrid:lexical_weight=1",
        "--earlier=" + json,
        "--html=" + html
      };
      Process second = start(environment, again);
      table = new String(second.getInputStream().readAllBytes());
      assertEquals(0, ended(second), Files.readString(folder.resolve("err.txt")));
      assertTrue(table.contains("lexical and earlier lexical are alike"), table);
    }
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertEquals(1, figures.at("/runs/0/metrics/nDCG@10/mean").asDouble());
    assertTrue(Files.readString(html).contains("hybrid:lexical_weight=1"));
  }

  @Test
  void bench_withoutUrlMeasuresABundleOfItsOwnBesideItsEmbedder() throws Exception {
    Path json = folder.resolve("figures.json");
    try (StubTei stub = new StubTei()) {
      Process bench =
          start(
              Map.of("TEI_URL", stub.url(), "INBOX_DIR", "no-such/inbox", "API_KEYS_FILE", "none"),
              "bench",
              "--seconds=1",
              "--warm-up=0",
              "--clients=1,2",
              "--batch=40",
              "--json=" + json);
      String table = new String(bench.getInputStream().readAllBytes());
      String err = Files.readString(folder.resolve("err.txt"));
      assertEquals(0, ended(bench), err);
      assertTrue(table.contains("gateway: http://127.0.0.1:"), table);
      assertTrue(table.contains("embedder: " + stub.url()), table);
      assertFalse(table.contains("INFO"), "logs are not the result: " + table);
      assertTrue(err.contains("starting a private bundle"), err);
    }
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertEquals(6, figures.get("rows").size());
    for (JsonNode row : figures.get("rows")) {
      assertEquals(0, row.get("failed_rounds").asInt(), row.toString());
      assertTrue(row.get("answered_rounds").asInt() > 0, row.toString());
    }
    assertEquals(1, figures.at("/rows/2/requests_per_round").asInt(), "the gateway takes all");
    assertEquals(2, figures.at("/rows/3/requests_per_round").asInt(), "TEI takes 32 a call");
    try (var left = Files.list(folder)) {
      assertEquals(
          List.of(),
          left.map(path -> path.getFileName().toString())
              .filter(name -> name.startsWith("hippocamel"))
              .toList(),
          "the bundle's folder is removed");
    }
  }

  @Test
  void stub_playsItsScriptAndCountsUntilItIsToldToEnd() throws Exception {
    Path script = Files.writeString(folder.resolve("storm.txt"), "# a storm\ncalls 2 overloaded\n");
    Process stub =
        start(Map.of(), "stub", "--port=0", "--script=" + script, "--fault=calls 3 status 502");
    try (BufferedReader lines = stub.inputReader()) {
      String ready = lines.readLine();
      assertTrue(ready.startsWith("Scripted TEI is ready: http://127.0.0.1:"), ready);
      String url = ready.substring(ready.indexOf("http"));
      assertEquals(List.of(200, 429, 502, 200), statuses(url, 4));
      stub.toHandle().destroy();
      assertEquals(
          "4 calls, 4 texts, 2 texts answered, 1 calls answered 429, at most 1 texts in flight,"
              + " 1 connections",
          lines.readLine());
      assertEquals(TERMINATED, ended(stub));
    }
  }

  private static List<Integer> statuses(String url, int calls) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/embed"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"inputs\":\"a\"}"))
            .build();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      statuses.add(http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
    return statuses;
  }
}
