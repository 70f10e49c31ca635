package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API keys: who gets in, what a role may do, and that tenants see nothing of each other. */
class TenantRouteTest {
  private static final String ACME = "key-of-acme-writer";
  private static final String ACME_READER = "key-of-acme-reader";
  private static final String BETA = "key-of-beta-writer";

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder,
            "# hash tenant role",
            TestKeys.line(ACME, "acme", "writer"),
            TestKeys.line(ACME_READER, "acme", "reader"),
            TestKeys.line(BETA, "beta", "admin"));
    stubbed =
        StubbedBundle.open(
            folder,
            // Without the cache, which knows texts and no tenants, TEI shows what the store lent.
            Map.of(
                "api.keys-file",
                keys.toString(),
                "inbox.tenant",
                "acme",
                "embed.cache-bytes",
                "0"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/interactions",
    "POST, /v1/interactions/search",
    "POST, /v1/documents",
    "POST, /v1/search",
    "GET, /v1/memories/x",
    "DELETE, /v1/memories/x",
    "GET, /v1/sources",
    "DELETE, /v1/sources/x",
    "GET, /v1/spaces"
  })
  void everyDoor_needsAKey(String method, String path) {
    Refusal.of(ProblemKind.UNAUTHORISED, send(method, path));
    Answer wrong = send(method, path, "Authorization", "Bearer not-a-key");
    assertFalse(Refusal.of(ProblemKind.UNAUTHORISED, wrong).contains("not-a-key"));
    Refusal.of(ProblemKind.UNAUTHORISED, send(method, path + "?X-API-Key=" + ACME));
    String bearer = "?Authorization=Bearer%20" + ACME;
    Refusal.of(ProblemKind.UNAUTHORISED, send(method, path + bearer));
  }

  private static Answer send(String method, String path, String... headers) {
    return switch (method) {
      case "POST" -> bundle.post(path, "{\"query\": \"x\"}", headers);
      case "GET" -> bundle.get(path, headers);
      default -> bundle.delete(path, headers);
    };
  }

  @Test
  void healthAndContract_needNoKey() {
    assertEquals(200, bundle.get("/health").status());
    assertEquals(200, bundle.get("/openapi.yaml").status());
  }

  @Test
  void key_isTakenFromEitherHeader() {
    assertEquals(200, bundle.get("/v1/sources", "Authorization", "Bearer " + ACME).status());
    assertEquals(200, bundle.get("/v1/sources", "X-API-Key", ACME).status());
    assertEquals(200, bundle.get("/v1/sources", "authorization", "bearer " + ACME).status());
  }

  @Test
  void page_isLetInWithAKey() {
    Answer answer = bundle.get("/v1/sources", "X-API-Key", ACME, "Origin", "https://app.example");
    assertEquals(200, answer.status());
  }

  @Test
  void reader_readsAndDoesNotWrite() {
    store(ACME, "r1", "readable");
    assertEquals(200, bundle.get("/v1/memories/r1", "X-API-Key", ACME_READER).status());
    assertTrue(search(ACME_READER, "readable", "lexical").contains("r1"));
    for (String path : List.of("/v1/interactions", "/v1/documents")) {
      String detail =
          Refusal.of(ProblemKind.FORBIDDEN, bundle.post(path, "{}", "X-API-Key", ACME_READER));
      assertTrue(detail.contains("writer") && detail.contains("reader"), detail);
    }
    Refusal.of(ProblemKind.FORBIDDEN, bundle.delete("/v1/memories/r1", "X-API-Key", ACME_READER));
    Refusal.of(ProblemKind.FORBIDDEN, bundle.delete("/v1/sources/x", "X-API-Key", ACME_READER));
    assertEquals(200, bundle.get("/v1/memories/r1", "X-API-Key", ACME).status());
  }

  @Test
  void tenants_haveTheSameIdsAndTextsApart() {
    store(ACME, "shared", "the same words");
    stubbed.fresh();
    store(BETA, "shared", "the same words");
    assertEquals(List.of("the same words"), stubbed.embedded(), "the store lends no vector");
    assertEquals(1, rows("acme:shared"));
    assertEquals(1, rows("beta:shared"));
    assertEquals(
        200,
        bundle
            .postJson(
                "/v1/interactions",
                Map.of("id", "shared", "agent_id", "b", "text", "changed by beta"),
                "X-API-Key",
                BETA)
            .status());
    assertEquals(
        "the same words",
        bundle.get("/v1/memories/shared", "X-API-Key", ACME).json().get("text").asText());
    assertEquals(204, bundle.delete("/v1/memories/shared", "X-API-Key", BETA).status());
    assertEquals(1, rows("acme:shared"));
  }

  @Test
  void tenants_cannotReachEachOthersMemories() {
    store(BETA, "secret", "the plan of beta");
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/memories/secret", "X-API-Key", ACME));
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/memories/beta:secret", "X-API-Key", ACME));
    Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/memories/secret", "X-API-Key", ACME));
    for (String mode : List.of("vector", "lexical", "hybrid")) {
      assertFalse(search(ACME, "the plan of beta", mode).contains("secret"), mode);
    }
    assertTrue(search(BETA, "the plan of beta", "lexical").contains("secret"));
  }

  @Test
  void tenants_cannotNameATenant() {
    Refusal.field(
        "/filter/tenant",
        "tenant",
        bundle.post(
            "/v1/search",
            "{\"query\": \"x\", \"filter\": {\"tenant\": \"beta\"}}",
            "X-API-Key",
            ACME));
    Refusal.field(
        "/tenant",
        "comes from the API key",
        bundle.post(
            "/v1/interactions",
            "{\"agent_id\": \"a\", \"text\": \"x\", \"tenant\": \"beta\"}",
            "X-API-Key",
            ACME));
  }

  @Test
  void tenants_haveSourcesOfTheirOwn() {
    String acme = document(ACME);
    String beta = document(BETA);
    assertFalse(acme.equals(beta));
    assertEquals(List.of(beta), sources(BETA));
    Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/sources/" + beta, "X-API-Key", ACME));
    assertEquals(List.of(beta), sources(BETA));
    assertEquals(1, passages("beta", beta));
    assertEquals(204, bundle.delete("/v1/sources/" + acme, "X-API-Key", ACME).status());
    assertEquals(0, passages("acme", acme));
    assertEquals(1, passages("beta", beta));
  }

  private static String document(String key) {
    Answer answer =
        bundle.post(
            "/v1/documents",
            "{\"uri\": \"handbook.md\", \"text\": \"The handbook of both.\"}",
            "X-API-Key",
            key);
    assertEquals(201, answer.status(), answer.response().body());
    return answer.json().get("source_id").asText();
  }

  private static List<String> sources(String key) {
    List<String> ids = new ArrayList<>();
    bundle
        .get("/v1/sources", "X-API-Key", key)
        .json()
        .get("sources")
        .forEach(source -> ids.add(source.get("id").asText()));
    return ids;
  }

  private static long passages(String tenant, String source) {
    return bundle
        .collection("memories")
        .countDocuments(
            com.mongodb.client.model.Filters.and(eq("tenant", tenant), eq("source.id", source)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "lexical", "hybrid"})
  void search_isFullHoweverManyForeignMemoriesAreNearer(String mode) {
    List<Map<String, String>> foreign =
        IntStream.range(0, 100)
            .mapToObj(i -> Map.of("id", "f-" + i, "agent_id", "f", "text", "harbour " + i))
            .toList();
    bundle.postJson("/v1/interactions", foreign, "X-API-Key", BETA);
    Set<String> own = IntStream.range(0, 5).mapToObj(i -> "own-" + i).collect(Collectors.toSet());
    List<Map<String, String>> items =
        own.stream()
            .map(id -> Map.of("id", id, "agent_id", "near", "text", "a long harbour of acme " + id))
            .toList();
    bundle.postJson("/v1/interactions", items, "X-API-Key", ACME);
    Answer answer =
        bundle.postJson(
            "/v1/search",
            Map.of("query", "harbour", "limit", 5, "mode", mode, "agent_id", "near"),
            "X-API-Key",
            ACME);
    assertEquals(own, Set.copyOf(ids(answer)));
  }

  private static void store(String key, String id, String text) {
    Answer answer =
        bundle.postJson(
            "/v1/interactions",
            Map.of("id", id, "agent_id", "own", "text", text),
            "X-API-Key",
            key);
    assertTrue(answer.status() < 300, answer.response().body());
  }

  private static List<String> search(String key, String query, String mode) {
    return ids(
        bundle.postJson(
            "/v1/search", Map.of("query", query, "limit", 200, "mode", mode), "X-API-Key", key));
  }

  private static List<String> ids(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    return Stream.of(answer.json().get("results"))
        .flatMap(hits -> hits.findValuesAsText("id").stream())
        .toList();
  }

  private static long rows(String key) {
    return bundle.collection("memories").countDocuments(eq("_id", key));
  }
}
