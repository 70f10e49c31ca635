package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.Scrape;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a running bundle says of itself at the management port. */
class MetricsRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void memories_areCountedByKindEntryAndStatus() throws IOException {
    Scrape before = Scrape.of(bundle);
    store("m-1", "the first text");
    store("m-1", "the first text");
    store("m-1", "the first text, changed");
    Files.writeString(bundle.inbox().resolve("counted.txt"), "A passage of a file.");
    await().until(() -> Files.exists(bundle.inbox().resolve("done/counted.txt")));
    Scrape after = Scrape.of(bundle);
    String said = "hippocamel_memories_total{entry=\"post-interactions\",kind=\"interaction\",";
    for (String status : List.of("created", "unchanged", "updated")) {
      assertEquals(1, after.since(before, said + "status=\"" + status + "\"}"), status);
    }
    assertEquals(
        1,
        after.since(
            before,
            "hippocamel_memories_total{entry=\"inbox\",kind=\"passage\",status=\"created\"}"));
  }

  @Test
  void embedding_isCountedFromCallerToServer() {
    Scrape before = Scrape.of(bundle);
    for (int time = 0; time < 2; time++) {
      bundle.postJson("/v1/embeddings", Map.of("input", List.of("asked twice", "and more")));
    }
    Scrape after = Scrape.of(bundle);
    String query = "{lane=\"query\"}";
    assertEquals(2, after.since(before, "hippocamel_embed_texts_total" + query));
    assertEquals(2, after.since(before, "hippocamel_embed_cached_total" + query));
    assertEquals(1, after.since(before, "hippocamel_embed_batch_texts_count" + query));
    assertEquals(2, after.since(before, "hippocamel_embed_batch_texts_sum" + query));
    assertEquals(1, after.since(before, "hippocamel_embed_wait_seconds_count" + query));
    String replica = "replica=\"" + stubbed.tei().url().replace("http://", "") + "\"";
    assertEquals(
        1,
        after.since(before, "hippocamel_embed_call_seconds_count{call=\"embed\"," + replica + "}"));
    assertEquals(1, after.value("hippocamel_embed_replica_up{" + replica + "}"));
    assertTrue(after.value("hippocamel_embed_busy_seconds_total") > 0);
    assertEquals(0, after.value("hippocamel_embed_oldest_wait_seconds" + query));
    await().until(() -> Scrape.of(bundle).value("hippocamel_embed_calls_in_flight" + query) == 0);
    assertEquals(384, after.value("hippocamel_embed_texts_limit"), "0.75 of the stub's 512");
  }

  @Test
  void lostCalls_areCountedByReason() {
    Scrape before = Scrape.of(bundle);
    stubbed.tei().failNext(1, 429, "{\"error\":\"Model is overloaded\"}");
    bundle.postJson("/v1/embeddings", Map.of("input", "lost once"));
    assertEquals(
        1,
        Scrape.of(bundle)
            .since(
                before,
                "hippocamel_embed_call_failures_total{kind=\"overloaded\",replica=\""
                    + stubbed.tei().url().replace("http://", "")
                    + "\"}"));
  }

  @Test
  void requests_areTimedByOperationAndStatus() {
    Scrape before = Scrape.of(bundle);
    bundle.get("/v1/memories/nobody");
    bundle.get("/v1/memories/nobody-else");
    bundle.get("/v1/made-up/" + "x".repeat(50));
    bundle.post("/v1/search", "{");
    String count = "hippocamel_http_request_seconds_count{operation=";
    // Noted when the last byte is written, which is when the caller may read it already.
    await()
        .untilAsserted(
            () -> {
              Scrape after = Scrape.of(bundle);
              String named = "\"GET /v1/memories/{id}\",status=\"404\"}";
              assertEquals(2, after.since(before, count + named));
              assertEquals(1, after.since(before, count + "\"other\",status=\"404\"}"));
              assertEquals(1, after.since(before, count + "\"POST /v1/search\",status=\"400\"}"));
              assertEquals(0, after.value("hippocamel_http_requests_inside"));
            });
    assertFalse(Scrape.of(bundle).body().contains("made-up"), "callers make no labels");
  }

  @Test
  void store_isTimedByCommand() {
    Scrape before = Scrape.of(bundle);
    store("timed", "a text to be timed");
    Scrape after = Scrape.of(bundle);
    assertEquals(
        1,
        after.since(
            before,
            "hippocamel_store_command_seconds_count{command=\"update\",outcome=\"answered\"}"));
    assertEquals(1, after.value("hippocamel_store_up"));
    assertEquals(1, after.value("hippocamel_ready"));
  }

  @Test
  void everyMetricOfOurs_isExplained() {
    List<String> unexplained =
        Scrape.of(bundle)
            .body()
            .lines()
            .filter(line -> line.startsWith("# HELP hippocamel_"))
            .filter(line -> line.split(" ", 4).length < 4 || line.split(" ", 4)[3].isBlank())
            .toList();
    assertEquals(List.of(), unexplained, "give the meter a description");
  }

  private static void store(String id, String text) {
    bundle.postJson("/v1/interactions", Map.of("id", id, "agent_id", "a", "text", text));
  }
}
