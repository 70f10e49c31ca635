package org.hippocamel.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark against the scripted TEI: what it counts, not how long it takes. */
class BenchTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StubTei stub = new StubTei(StubTei.Options.defaults().withParallelMillis(2));

  @AfterEach
  void close() {
    stub.close();
  }

  private static BenchPlan plan(List<Workload> workloads, String format, long millis) {
    return new BenchPlan(
        workloads, 5, format, Duration.ZERO, Duration.ofMillis(millis), Duration.ofSeconds(20), 1);
  }

  private Endpoint endpoint(String name) {
    return new Endpoint(name, URI.create(stub.url()), null, null);
  }

  private BenchReport run(BenchPlan plan) throws Exception {
    return new Bench(plan, List.of(endpoint("server")), what -> {}).run();
  }

  private static Measured only(BenchReport report) {
    assertEquals(1, report.rows().size());
    return report.rows().get(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base64", "float"})
  void everyAnswer_isCounted(String format) throws Exception {
    Measured row = only(run(plan(List.of(new Workload(4, 1)), format, 300)));
    assertEquals(0, row.failed(), row.examples().toString());
    // One more: the text that the server is asked before it is measured.
    assertEquals(stub.counts().answered(), row.answered() + 1);
    assertTrue(row.answered() >= 4);
    assertTrue(row.textsPerSecond() > 0);
    assertTrue(row.latency().min() >= 2 && row.latency().max() >= row.latency().p99());
    assertTrue(row.latency().p99() >= row.latency().p50());
  }

  @Test
  void texts_areNeverTheSame() throws Exception {
    run(plan(List.of(new Workload(3, 2)), "base64", 200));
    run(plan(List.of(new Workload(3, 2)), "base64", 200));
    List<String> texts = stub.calls().stream().flatMap(call -> call.texts().stream()).toList();
    Set<String> different = new HashSet<>(texts);
    assertEquals(texts.size(), different.size());
    assertTrue(texts.stream().allMatch(text -> text.split(" ").length == 7), texts.get(0));
  }

  @Test
  void batch_isSentInAsManyRequestsAsTheServerNeeds() throws Exception {
    Measured row = only(run(plan(List.of(new Workload(1, 100)), "base64", 200)));
    assertEquals(4, row.requests());
    assertEquals(0, row.failed());
    assertEquals(4 * row.answered() + 1, stub.counts().calls());
    assertEquals(100 * row.answered() + 1, stub.counts().texts());
  }

  @Test
  void pieces_areOfAboutTheSameSize() {
    assertEquals(List.of(25, 25, 25, 25), Load.pieces(100, 32));
    assertEquals(List.of(33, 33, 34), Load.pieces(100, 40));
    assertEquals(List.of(100), Load.pieces(100, Integer.MAX_VALUE));
    assertEquals(List.of(1), Load.pieces(1, 1));
  }

  @Test
  void failures_areShownByWhatTheyAre() throws Exception {
    stub.play(
        "calls 2 overloaded",
        "calls 3 reset",
        "calls 4 drop",
        "calls 5 null",
        "calls 6 dimension 3",
        "calls 7 status 502",
        "calls 8 hang-up");
    Measured row = only(run(plan(List.of(new Workload(1, 1)), "base64", 3_000)));
    assertEquals(1, row.errors().get("429"));
    assertEquals(1, row.errors().get("502"));
    assertEquals(2, row.errors().get("wrong answer"));
    assertEquals(3, row.errors().get("connection lost"), "reset, drop, closed behind an answer");
    assertEquals(7, row.failed());
    assertTrue(row.examples().get("429").contains("Model is overloaded"));
    assertTrue(row.answered() > 0);
  }

  @Test
  void timeout_isAFailure() throws Exception {
    stub.play("calls 2 slow 5m");
    BenchPlan patient = plan(List.of(new Workload(1, 1)), "base64", 300);
    BenchPlan plan =
        new BenchPlan(
            patient.workloads(),
            5,
            "base64",
            Duration.ZERO,
            patient.measured(),
            Duration.ofMillis(500),
            1);
    Measured row = only(run(plan));
    assertEquals(1, row.errors().get("timeout"), row.examples().toString());
    assertEquals(0, row.answered());
    assertTrue(Double.isNaN(row.latency().p50()));
  }

  @Test
  void server_thatIsAwayIsNamed() {
    stub.stop();
    IOException away =
        assertThrows(
            IOException.class, () -> run(plan(List.of(new Workload(1, 1)), "base64", 100)));
    assertTrue(away.getMessage().startsWith("server at " + stub.url()), away.getMessage());
    stub.restartOnSamePort();
  }

  @Test
  void server_thatRefusesIsQuoted() {
    stub.play("always invalid");
    IOException refused =
        assertThrows(
            IOException.class, () -> run(plan(List.of(new Workload(1, 1)), "base64", 100)));
    assertTrue(refused.getMessage().contains("it answers 422 {\"message\""), refused.getMessage());
  }

  @Test
  void stop_endsTheClientsAtOnce() throws Exception {
    stub.play("calls 2.. slow 5m");
    Bench bench =
        new Bench(
            plan(List.of(new Workload(8, 1), new Workload(1, 1)), "base64", 600_000),
            List.of(endpoint("server")),
            what -> {});
    CompletableFuture<BenchReport> report =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return bench.run();
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await().until(() -> stub.counts().calls() == 9);
    bench.stop();
    Measured row = only(report.get());
    assertEquals(0, row.answered());
    assertEquals(0, row.failed(), "what was stopped has not failed");
  }

  @Test
  void report_judgesTheFirstServerAndSaysWhatItAdds() throws Exception {
    BenchPlan plan = plan(BenchPlan.workloads(List.of(1, 4), 100), "base64", 200);
    BenchReport report =
        new Bench(plan, List.of(endpoint("gateway"), endpoint("embedder")), what -> {}).run();
    assertEquals(6, report.rows().size());
    JsonNode json = JSON.readTree(report.json());
    assertEquals(6, json.get("rows").size());
    assertEquals("gateway", json.at("/rows/0/server").asText());
    assertEquals(100, json.at("/rows/2/texts_per_round").asInt());
    assertEquals(384, json.at("/servers/1/dimension").asInt());
    assertTrue(json.get("added_p50_ms").isNumber());
    for (JsonNode row : json.get("rows")) {
      assertTrue(row.at("/latency_ms/p99").asDouble() >= 2, row.toString());
      assertEquals(0, row.get("failed_rounds").asInt());
    }
    String table = report.table();
    for (String part :
        List.of("1 client, 100 texts", "4 clients, 1 text each", "in 4 requests", "ms more than")) {
      assertTrue(table.contains(part), table);
    }
    for (Goal goal : Goal.values()) {
      assertTrue(table.contains(goal.shown()), table);
    }
  }

  private static Measured row(Workload workload, double p99, double perSecond, long answered) {
    return new Measured(
        "server",
        workload,
        1,
        answered,
        perSecond,
        new Measured.Latency(1, 1, 1, 1, p99, p99, p99),
        new TreeMap<>(),
        new TreeMap<>(),
        0);
  }

  @Test
  void goals_areMetOrMissed() {
    Workload single = new Workload(1, 1);
    Workload batch = new Workload(1, 100);
    List<Measured> good =
        List.of(row(single, 49.9, 30, 9), row(batch, 499, 300, 9), row(batch, 9, 2_001, 9));
    List<Measured> bad = List.of(row(single, 50, 30, 9), row(batch, 500, 2_000, 9));
    for (Goal goal : Goal.values()) {
      assertEquals("met", goal.verdict(good), goal.name());
      assertEquals("missed", goal.verdict(bad), goal.name());
    }
    List<Measured> other = List.of(row(new Workload(1, 10), 1, 10, 9), row(single, 1, 0, 0));
    assertEquals("not measured", Goal.SINGLE.verdict(other), "nothing was answered");
    assertEquals("not measured", Goal.BATCH.verdict(other), "another batch");
  }

  @Test
  void report_isFineWhenNothingFailedAndNoGoalIsMissed() throws Exception {
    List<Workload> one = List.of(new Workload(16, 32));
    assertTrue(run(plan(one, "base64", 300)).rows().get(0).answered() > 0);
    stub.play("calls 2 overloaded");
    assertFalse(run(plan(one, "base64", 100)).fine());
  }

  @Test
  void workloads_areEachMeasuredOnce() {
    List<Workload> rows = BenchPlan.workloads(List.of(1, 32, 32, 256), 100);
    assertEquals(
        List.of(
            new Workload(1, 1), new Workload(1, 100), new Workload(32, 1), new Workload(256, 1)),
        rows);
    assertEquals(
        List.of("1 client, 1 text", "1 client, 100 texts", "32 clients, 1 text each"),
        IntStream.range(0, 3).mapToObj(i -> rows.get(i).shown()).toList());
  }
}
