package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.tei.EmbeddedTei;
import org.hippocamel.embedded.tei.TeiOptions;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What start-up makes of an embedder and a store, new or used before. */
class SpacesRouteTest {
  private static final String SPACE = "bge-small-en-v1_5-384";

  private Path folder;

  @BeforeEach
  void make() {
    folder = RunningBundle.newFolder();
  }

  @AfterEach
  void remove() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  @Test
  void spaces_areMadeOnceAndFoundAgain() {
    try (StubTei tei = new StubTei()) {
      Document made =
          run(
              tei,
              Map.of(),
              bundle -> {
                assertEquals(SPACE, bundle.space());
                JsonNode space = bundle.get("/v1/spaces").json().at("/spaces/0");
                assertEquals("BAAI/bge-small-en-v1.5", space.get("model_id").asText());
                assertEquals(384, space.get("dimensions").asInt());
                assertEquals("active", space.get("state").asText());
                assertEquals(Set.of("vector_" + SPACE, "lexical"), queryable(bundle));
                assertEquals(
                    Set.of(
                        "_id_",
                        "hash_1_tenant_1",
                        "source.id_1",
                        "tenant_1_keys_1",
                        "case.merged_into_1",
                        "case.tools_1",
                        "expires_at_1"),
                    indexes(bundle));
                for (String mode : List.of("vector", "lexical", "hybrid")) {
                  assertEquals(List.of(), found(bundle, Map.of("mode", mode)), mode);
                }
                store(bundle, Map.of());
                return spaceRow(bundle);
              });
      assertEquals("ready", made.get("state"));
      assertEquals(
          "Represent this sentence for searching relevant passages: ",
          made.get("query_instruction"));
      Document again =
          run(
              tei,
              Map.of(),
              bundle -> {
                for (String mode : List.of("vector", "lexical", "hybrid")) {
                  assertEquals(List.of("m"), found(bundle, Map.of("mode", mode)), mode);
                }
                assertEquals(Set.of("vector_" + SPACE, "lexical"), queryable(bundle));
                return spaceRow(bundle);
              });
      // One memory more is there than at the first start.
      assertEquals(
          1, again.get("calibration", Document.class).get("memories", Number.class).intValue());
      again.remove("calibration");
      assertEquals(made, again);
    }
  }

  @Test
  void spaces_refuseAnotherModelThanTheStoredOne() {
    try (StubTei tei = new StubTei();
        StubTei other = new StubTei(StubTei.Options.defaults().withModelId("org/other-model"))) {
      run(tei, Map.of(), bundle -> null);
      Problem problem = refused(Map.of("tei.url", other.url()));
      assertEquals(ProblemKind.CONFLICT, problem.kind());
      assertTrue(problem.getMessage().contains("serves org/other-model, "), problem.getMessage());
      assertTrue(
          problem.getMessage().contains("embedded by BAAI/bge-small-en-v1.5, "),
          problem.getMessage());
      assertTrue(problem.getMessage().contains("hippocamel reembed"), problem.getMessage());
      run(tei, Map.of(), bundle -> null);
    }
  }

  @Test
  void spaces_refuseAnotherDimensionThanTheStoredOne() {
    try (StubTei tei = new StubTei();
        StubTei other = new StubTei(StubTei.Options.defaults().withDimensions(256))) {
      run(tei, Map.of(), bundle -> null);
      Problem problem = refused(Map.of("tei.url", other.url()));
      assertEquals(ProblemKind.CONFLICT, problem.kind());
      assertTrue(problem.getMessage().contains("256 dimensions"), problem.getMessage());
      assertTrue(problem.getMessage().contains("384 dimensions"), problem.getMessage());
    }
  }

  @Test
  void spaces_takeAnotherModelInAnotherDatabase() {
    try (StubTei tei = new StubTei();
        StubTei other = new StubTei(StubTei.Options.defaults().withModelId("org/other-model"))) {
      run(tei, Map.of(), bundle -> null);
      run(
          other,
          Map.of("mongo.database", "second"),
          bundle -> {
            assertEquals("other-model-384", bundle.space());
            return null;
          });
    }
  }

  @Test
  void spaces_sayThatTheKeyOfTheEmbedderIsWrong() {
    TeiOptions stock = TeiOptions.defaults();
    TeiOptions locked =
        new TeiOptions(
            stock.host(),
            stock.port(),
            "the-right-key",
            stock.maxConcurrentRequests(),
            stock.maxBatchTokens(),
            stock.maxClientBatchSize(),
            stock.payloadLimit(),
            stock.autoTruncate(),
            stock.inferenceThreads());
    try (EmbeddedTei tei = EmbeddedTei.start(locked)) {
      Problem problem = refused(Map.of("tei.url", tei.url(), "tei.api-key", "the-wrong-key"));
      assertEquals(ProblemKind.EMBEDDER_FAILED, problem.kind());
      assertTrue(problem.getMessage().contains("401"), problem.getMessage());
      assertTrue(problem.getMessage().contains("tei.api-key"), problem.getMessage());
      assertFalse(problem.getMessage().contains("the-wrong-key"), problem.getMessage());
    }
  }

  @Test
  void spaces_waitForAnEmbedderThatIsNotThereYet() {
    try (StubTei tei = new StubTei()) {
      tei.stop();
      RunningBundle bundle = RunningBundle.start(folder, StubbedBundle.settings(tei, Map.of()));
      try {
        CompletableFuture<Void> opening = CompletableFuture.runAsync(() -> open(bundle));
        assertEquals(503, bundle.get("/health").status());
        Refusal.of(ProblemKind.UNAVAILABLE, bundle.post("/v1/search", "{\"query\": \"x\"}"));
        assertFalse(opening.isDone());
        tei.restartOnSamePort();
        await().until(opening::isDone);
        opening.join();
        assertEquals(200, bundle.get("/health").status());
        store(bundle, Map.of());
        assertEquals(List.of("m"), found(bundle, Map.of()));
      } finally {
        bundle.close();
      }
    }
  }

  @Test
  void spaces_makeOldMemoriesFilterableByANewField() {
    try (StubTei tei = new StubTei()) {
      run(
          tei,
          Map.of("memory.filterable", "topic:string"),
          bundle -> {
            store(bundle, Map.of("topic", "t", "colour", "red"));
            Answer refused = search(bundle, Map.of("filter", Map.of("colour", "red")));
            Refusal.field("/filter/colour", "memory.filterable", refused);
            return null;
          });
      run(
          tei,
          Map.of("memory.filterable", "topic:string,colour:string"),
          bundle -> {
            for (String mode : List.of("vector", "lexical", "hybrid")) {
              Map<String, Object> red = Map.of("filter", Map.of("colour", "red"), "mode", mode);
              assertEquals(List.of("m"), found(bundle, red), mode);
              Map<String, Object> blue = Map.of("filter", Map.of("colour", "blue"), "mode", mode);
              assertEquals(List.of(), found(bundle, blue), mode);
            }
            return null;
          });
    }
  }

  private interface Visit {
    Document to(RunningBundle bundle);
  }

  /** Opens the bundle on this test's folder, which stays when the bundle is closed. */
  private Document run(StubTei tei, Map<String, String> overrides, Visit visit) {
    RunningBundle bundle = RunningBundle.start(folder, StubbedBundle.settings(tei, overrides));
    try {
      open(bundle);
      return visit.to(bundle);
    } finally {
      bundle.bundle().close();
    }
  }

  private static void open(RunningBundle bundle) {
    try {
      bundle.bundle().open();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Problem refused(Map<String, String> overrides) {
    RunningBundle bundle = RunningBundle.start(folder, overrides);
    try {
      Problem problem = assertThrows(Problem.class, () -> bundle.bundle().open());
      assertEquals(503, bundle.get("/health").status());
      return problem;
    } finally {
      bundle.bundle().close();
    }
  }

  private static void store(RunningBundle bundle, Map<String, ?> metadata) {
    Answer answer =
        bundle.postJson(
            "/v1/interactions",
            Map.of("id", "m", "agent_id", "a", "text", "a word", "metadata", metadata));
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static Answer search(RunningBundle bundle, Map<String, ?> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.put("query", "word");
    return bundle.postJson("/v1/search", body);
  }

  private static List<String> found(RunningBundle bundle, Map<String, ?> more) {
    Answer answer = search(bundle, more);
    assertEquals(200, answer.status(), answer.response().body());
    List<String> ids = new ArrayList<>();
    answer.json().get("results").forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  private static Document spaceRow(RunningBundle bundle) {
    List<Document> rows = bundle.collection("spaces").find().into(new ArrayList<>());
    rows.removeIf(row -> row.getString("_id").equals("~active"));
    assertEquals(1, rows.size(), rows.toString());
    return rows.get(0);
  }

  private static Set<String> queryable(RunningBundle bundle) {
    return bundle
        .collection("memories")
        .aggregate(List.of(new Document("$listSearchIndexes", new Document())))
        .into(new ArrayList<>())
        .stream()
        .filter(index -> Boolean.TRUE.equals(index.getBoolean("queryable")))
        .map(index -> index.getString("name"))
        .collect(Collectors.toSet());
  }

  private static Set<String> indexes(RunningBundle bundle) {
    return bundle.collection("memories").listIndexes().into(new ArrayList<>()).stream()
        .map(index -> index.getString("name"))
        .collect(Collectors.toSet());
  }
}
