package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.StoreRelay;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GET /v1/stats, and the month's row that it is read from. */
class StatsRouteTest {
  private static final String[] ADMIN = {"X-API-Key", "admin"};
  private static final String[] READER = {"X-API-Key", "reader"};

  private static Path folder;
  private static Path elsewhere;
  private static StubTei tei;
  private static EmbeddedAtlas store;
  private static StoreRelay relay;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws Exception {
    folder = RunningBundle.newFolder();
    elsewhere = RunningBundle.newFolder();
    tei = new StubTei();
    store = EmbeddedAtlas.start(AtlasOptions.in(elsewhere));
    relay = new StoreRelay(store.connectionString());
    bundle = start("50");
  }

  private static RunningBundle start(String recordMillis) throws Exception {
    RunningBundle started =
        RunningBundle.start(
            folder,
            StubbedBundle.settings(
                tei,
                Map.of(
                    "mongo.uri",
                    relay.url(),
                    "api.keys-file",
                    keys().toString(),
                    "inbox.tenant",
                    "t",
                    "usage.record-millis",
                    recordMillis)));
    started.bundle().open();
    return started;
  }

  private static Path keys() throws Exception {
    return Files.writeString(
        folder.resolve("keys"),
        "%s t admin%n%s t reader%n%s other admin%n"
            .formatted(sha256("admin"), sha256("reader"), sha256("other")));
  }

  private static String sha256(String key) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  @AfterAll
  static void close() {
    bundle.close();
    relay.close();
    store.close();
    tei.close();
  }

  @Test
  void stats_tellMemoriesTokensAndCost() {
    JsonNode before = stats();
    bundle.postJson(
        "/v1/interactions",
        List.of(
            Map.of("agent_id", "a", "text", "the first of two"),
            Map.of("agent_id", "a", "text", "the second of two")),
        ADMIN);
    JsonNode after = stats();
    assertEquals(2, grown(before, after, "/memories/interaction"));
    assertEquals(2, grown(before, after, "/usage/texts"));
    assertTrue(grown(before, after, "/usage/query_tokens") >= 8, after.toString());
    assertEquals(
        after.at("/usage/tokens").asLong() / 1e6 * 0.02,
        after.at("/cost/api_dollars").asDouble(),
        1e-7);
    assertTrue(after.at("/formula/api_dollars").asText().contains("$0.02"), after.toString());
    assertTrue(after.at("/projected/tokens").asLong() >= after.at("/usage/tokens").asLong());
    assertEquals(bundle.get("/v1/spaces", ADMIN).json().at("/spaces/0/id"), after.at("/space/id"));
    JsonNode other = bundle.get("/v1/stats", "X-API-Key", "other").json();
    assertEquals(0, other.at("/memories/interaction").asLong(), "a tenant sees its own memories");
  }

  @Test
  void usage_isRecordedInTheMonthsRow_onceHoweverOftenItIsRead() {
    bundle.postJson("/v1/interactions", Map.of("agent_id", "a", "text", "to be recorded"), ADMIN);
    await().until(() -> recorded() == stats().at("/usage/tokens").asLong());
    assertEquals(1, bundle.collection("usage").countDocuments());
    assertEquals(recorded(), stats().at("/usage/tokens").asLong());
  }

  @Test
  void usage_thatTheStoreDidNotTakeIsRecordedLater() {
    relay.breakNext("update", 1);
    bundle.postJson("/v1/embeddings", Map.of("input", "embedded while the store is away"), ADMIN);
    long tokens = stats().at("/usage/tokens").asLong();
    // The driver looks for its server again after a connection that broke, which takes a while.
    await().atMost(Duration.ofSeconds(30)).until(() -> recorded() == tokens);
  }

  @Test
  void usage_outlivesTheProcess() throws Exception {
    bundle.close();
    folder = RunningBundle.newFolder();
    bundle = start("86400000");
    long before = stats().at("/usage/tokens").asLong();
    bundle.postJson("/v1/embeddings", Map.of("input", "embedded shortly before the end"), ADMIN);
    long tokens = stats().at("/usage/tokens").asLong();
    assertTrue(tokens > before);
    bundle.close();
    folder = RunningBundle.newFolder();
    bundle = start("50");
    await().until(() -> stats().at("/usage/tokens").asLong() >= tokens);
  }

  @Test
  void stats_areForAdmins() {
    Refusal.of(ProblemKind.FORBIDDEN, bundle.get("/v1/stats", READER));
    Refusal.of(ProblemKind.UNAUTHORISED, bundle.get("/v1/stats"));
  }

  private static JsonNode stats() {
    Answer answer = bundle.get("/v1/stats", ADMIN);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private static long grown(JsonNode before, JsonNode after, String pointer) {
    return after.at(pointer).asLong() - before.at(pointer).asLong();
  }

  private static long recorded() {
    Document row = bundle.collection("usage").find().first();
    return row == null ? 0 : row.getLong("query_tokens") + row.getLong("ingest_tokens");
  }
}
