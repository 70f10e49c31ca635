package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.config.VectorSettings.Encoding;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SpaceSetupTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Space SPACE = TestSpaces.small();

  private final ActiveSpace active = new ActiveSpace();
  private final SpaceSetup setup =
      setup(Map.of("tenant", "string", "metadata.topic", "string", "metadata.year", "number"));

  private SpaceSetup setup(Map<String, String> filterable) {
    return setup(filterable, Encoding.FLOAT32);
  }

  private SpaceSetup setup(Map<String, String> filterable, Encoding encoding) {
    return new SpaceSetup(
        new SearchIndexDefinitions(filterable, "lucene.english", encoding),
        active,
        Duration.ofMillis(500),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void indexCommands_convertTheVectorsWhenTheEncodingIsAnother() {
    Space wide = new Space("m-8", "acme/m", null, "cls", 8, "", "");
    Map<String, String> filterable = Map.of("tenant", "string");
    for (Encoding before : Encoding.values()) {
      List<Document> present = present(setup(filterable, before).indexCommands(wide, List.of()));
      for (Encoding after : Encoding.values()) {
        List<Document> commands = setup(filterable, after).indexCommands(wide, present);
        assertEquals(before == after ? 0 : 1, commands.size(), before + " to " + after);
        for (Document command : commands) {
          assertEquals("vector_m-8", command.get("name"));
          assertEquals(
              after.quantization(), quantization(command.get("definition", Document.class)));
        }
      }
    }
  }

  @Test
  void indexCommands_areNone_forFloatsInAnIndexThatDoesNotSay() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    Document vector = present.get(0).get("latestDefinition", Document.class);
    vector.getList("fields", Document.class).get(0).remove("quantization");
    assertEquals(List.of(), setup.indexCommands(SPACE, present));
  }

  @Test
  void indexCommands_refuseBitsThatFillNoBytes() {
    SpaceSetup bits = setup(Map.of("tenant", "string"), Encoding.BINARY);
    Problem problem = assertThrows(Problem.class, () -> bits.indexCommands(SPACE, List.of()));
    assertEquals(
        "vectors.encoding binary needs a multiple of 8 dimensions, acme/m has 3; set it to int8 or"
            + " float32",
        problem.getMessage());
  }

  private static Object quantization(Document definition) {
    return definition.getList("fields", Document.class).get(0).get("quantization");
  }

  @Test
  void collections_haveTheirLookupIndexes() {
    List<Document> commands = setup.collections();
    assertEquals(
        List.of(
            "memories",
            "sources",
            "case_log",
            "case_shown",
            "shadow_log",
            "jobs",
            "reembed_slices",
            "evaluations"),
        commands.stream().map(command -> command.get("createIndexes")).toList());
    assertEquals(
        List.of(
            new Document("key", new Document("hash", 1).append("tenant", 1))
                .append("name", "hash_1_tenant_1"),
            new Document("key", new Document("source.id", 1)).append("name", "source.id_1"),
            new Document("key", new Document("tenant", 1).append("keys", 1))
                .append("name", "tenant_1_keys_1"),
            new Document("key", new Document("expires_at", 1))
                .append("name", "expires_at_1")
                .append("expireAfterSeconds", 0),
            new Document("key", new Document("case.merged_into", 1))
                .append("name", "case.merged_into_1"),
            new Document("key", new Document("case.tools", 1)).append("name", "case.tools_1")),
        commands.get(0).get("indexes"));
  }

  @Test
  void indexCommands_createWhatIsNotThere() {
    List<Document> commands = setup.indexCommands(SPACE, List.of());
    assertEquals(
        List.of("vector_m-3", "lexical"),
        commands.stream()
            .peek(command -> assertEquals("memories", command.get("createSearchIndexes")))
            .map(command -> command.getList("indexes", Document.class).get(0).get("name"))
            .toList());
  }

  @Test
  void indexCommands_areNone_whenTheServerOnlyAddedItsDefaults() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    present.forEach(
        index -> index.get("latestDefinition", Document.class).append("storedSource", false));
    Document vector = present.get(0).get("latestDefinition", Document.class);
    Document field = vector.getList("fields", Document.class).get(0);
    field.append("quantization", "none").put("numDimensions", 3L);
    assertEquals(List.of(), setup.indexCommands(SPACE, present));
  }

  @Test
  void indexCommands_updateWhatMustFilterOnMore() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    SpaceSetup wider =
        setup(
            Map.of(
                "tenant", "string",
                "metadata.topic", "string",
                "metadata.year", "number",
                "metadata.done", "boolean"));
    List<Document> commands = wider.indexCommands(SPACE, present);
    assertEquals(
        List.of("vector_m-3", "lexical"),
        commands.stream()
            .peek(command -> assertEquals("memories", command.get("updateSearchIndex")))
            .map(command -> command.get("name"))
            .toList());
    assertTrue(
        commands
            .get(0)
            .get("definition", Document.class)
            .getList("fields", Document.class)
            .contains(new Document("type", "filter").append("path", "metadata.done")));
  }

  @Test
  void indexCommands_updateTheWordsAlone_whenOnlyATypeChanged() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    SpaceSetup other =
        setup(Map.of("tenant", "string", "metadata.topic", "string", "metadata.year", "date"));
    List<Document> commands = other.indexCommands(SPACE, present);
    assertEquals(List.of("lexical"), commands.stream().map(c -> c.get("name")).toList());
  }

  @Test
  void building_untilBothIndexesCanBeQueried() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    assertTrue(setup.building(SPACE, List.of(), 0));
    assertTrue(setup.building(SPACE, present, 0));
    present.get(0).append("queryable", true).append("status", "READY");
    assertTrue(setup.building(SPACE, present, 0));
    present.get(1).append("queryable", true).append("status", "READY");
    assertFalse(setup.building(SPACE, present, 0));
    assertFalse(setup.building(SPACE, present, 60_000));
  }

  @Test
  void building_whileAtlasStillServesTheOldDefinition() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    present.forEach(index -> index.append("queryable", true).append("status", "BUILDING"));
    assertTrue(setup.building(SPACE, present, 0));
  }

  @Test
  void building_refusesAnIndexThatFailed() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    present.get(1).append("status", "FAILED").append("statusDetail", List.of("no analyzer"));
    Problem failed = assertThrows(Problem.class, () -> setup.building(SPACE, present, 0));
    assertEquals(ProblemKind.STORE_FAILED, failed.kind());
    assertEquals("the search index lexical could not be built: [no analyzer]", failed.getMessage());
  }

  @Test
  void building_givesUpAfterTheWait_andNamesTheIndexes() {
    List<Document> present = present(setup.indexCommands(SPACE, List.of()));
    present.get(0).append("queryable", true).append("status", "READY");
    assertTrue(setup.building(SPACE, present, 500));
    Problem late = assertThrows(Problem.class, () -> setup.building(SPACE, present, 501));
    assertEquals(ProblemKind.UNAVAILABLE, late.kind());
    assertEquals(
        "the search indexes [lexical] cannot be queried after 500 ms (mongo.index-wait-millis)",
        late.getMessage());
  }

  @Test
  void records_keepTheFirstDateAndTheStateThatIsThere() {
    List<Document> update = setup.records(SPACE).get(0);
    assertEquals(new Document("_id", "m-3"), update.get(0));
    assertEquals(
        new Document("model_id", "acme/m")
            .append("revision", null)
            .append("pooling", "cls")
            .append("dimensions", 3)
            .append("normalised", true)
            .append("query_instruction", "query: ")
            .append("document_instruction", ""),
        update.get(1).get("$set"));
    assertEquals(
        new Document("state", "ready").append("created_at", Date.from(NOW)),
        update.get(1).get("$setOnInsert"));
  }

  @Test
  void records_nameTheActiveSpaceOnlyWhereNoneIsNamed() {
    List<Document> update = setup.records(SPACE).get(1);
    assertEquals(new Document("_id", "~active"), update.get(0));
    assertEquals(Set.of("$setOnInsert"), update.get(1).keySet());
    Document named = update.get(1).get("$setOnInsert", Document.class);
    assertEquals("m-3", named.get("space"));
    assertEquals(1L, named.get("epoch"));
  }

  @Test
  void open_letsRequestsIn() {
    assertFalse(active.ready());
    assertThrows(Problem.class, active::get);
    setup.open(SPACE, SpaceList.of(SPACE));
    assertTrue(active.ready());
    assertEquals(SPACE, active.get());
  }

  @Test
  void open_refusesASpaceThatAnotherProcessHasNotMadeActive() {
    Space other = new Space("n-4", "acme/n", null, "cls", 4, "", "");
    Problem problem = assertThrows(Problem.class, () -> setup.open(SPACE, SpaceList.of(other)));
    assertEquals(ProblemKind.CONFLICT, problem.kind());
    assertFalse(active.ready());
  }

  /** The indexes as the server lists them after these commands, not built yet. */
  private static List<Document> present(List<Document> commands) {
    List<Document> present = new ArrayList<>();
    for (Document command : commands) {
      Document index = command.getList("indexes", Document.class).get(0);
      present.add(
          new Document("name", index.get("name"))
              .append("type", index.get("type"))
              .append("queryable", false)
              .append(
                  "latestDefinition",
                  Document.parse(index.get("definition", Document.class).toJson())));
    }
    return present;
  }
}
