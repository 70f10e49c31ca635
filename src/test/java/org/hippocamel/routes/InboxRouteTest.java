package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files dropped into the inbox, where they end, and what is in the store afterwards. */
class InboxRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;
  private static Path inbox;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
    inbox = bundle.inbox();
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
  }

  @AfterAll
  static void close() {
    Awaitility.reset();
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @ParameterizedTest
  @CsvSource({
    "order-service-runbook.md, reconcile",
    "agent-notes.jsonl, insurer",
    "faq.csv, returns"
  })
  void example_endsInDoneAndCanBeFound(String name, String word) throws IOException {
    drop(name, Files.readString(Path.of("examples", name)));
    awaitFile("done/" + name);
    assertFalse(Files.exists(inbox.resolve(name)));
    String body = "{\"query\": \"" + word + "\", \"mode\": \"lexical\"}";
    JsonNode results = bundle.post("/v1/search", body).json().get("results");
    assertFalse(results.isEmpty());
    assertEquals(name, results.at("/0/source/uri").asText(), results.toString());
    Document ledger = ledger(name);
    assertEquals("stored", ledger.get("status"));
    assertEquals((long) rows(name).size(), ledger.get("passages"));
  }

  @Test
  void file_changedIsEmbeddedOnlyWhereItChanged() {
    drop("changing.md", sections("north", "east", "south", "west"));
    awaitFile("done/changing.md");
    assertEquals(4, rows("changing.md").size());
    stubbed.fresh();
    drop("changing.md", sections("north", "EAST", "south"));
    await().untilAsserted(() -> assertEquals(3, rows("changing.md").size()));
    assertEquals(List.of("Go EAST\nTo the EAST."), stubbed.embedded());
    assertEquals(List.of("To the north.", "To the EAST.", "To the south."), texts("changing.md"));
  }

  private static String sections(String... names) {
    return Stream.of(names)
        .map(name -> "# Go " + name + "\n\nTo the " + name + ".\n\n")
        .collect(Collectors.joining());
  }

  @Test
  void file_droppedTwiceDoesNotOverwriteWhatIsDone() throws IOException {
    drop("twice.txt", "first version");
    awaitFile("done/twice.txt");
    drop("twice.txt", "second version");
    await().untilAsserted(() -> assertEquals(List.of("second version"), texts("twice.txt")));
    await().untilAsserted(() -> assertEquals(2, files("done", "twice").size()));
    assertEquals("first version", Files.readString(inbox.resolve("done/twice.txt")));
    String other =
        files("done", "twice").stream()
            .filter(n -> !n.equals("twice.txt"))
            .findFirst()
            .orElseThrow();
    assertEquals("second version", Files.readString(inbox.resolve("done").resolve(other)));
  }

  @Test
  void file_withABadLineFailsNamingItAndItsNeighboursAreStored() throws IOException {
    drop(
        "notes.jsonl",
        """
        {"text": "line one"}
        {"text": "line two", "metadata": {"year": "never"}}
        {"text": "line three
        {"text": "line four"}
        """);
    JsonNode error = errorOf("notes.jsonl");
    assertEquals("notes.jsonl", error.get("file").asText());
    assertEquals(2, error.get("failed").asInt(), error.toString());
    assertEquals(2, error.get("stored").asInt(), error.toString());
    assertEquals(List.of(2, 3), lines(error));
    assertTrue(error.toString().contains("declared as number"), error.toString());
    assertEquals(List.of("line one", "line four"), texts("notes.jsonl"));
    assertEquals("failed", ledger("notes.jsonl").get("status"));
    assertTrue(Files.readString(inbox.resolve("failed/notes.jsonl")).contains("line three"));
  }

  @Test
  void file_withALineThatTeiRefusesFailsNamingIt() {
    stubbed.tei().fail(text -> text.contains("poison"), 422, "{\"error\":\"no\"}");
    String lines =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> "{\"text\": \"" + (i == 70 ? "poison" : "potion") + " " + i + "\"}\n")
            .collect(Collectors.joining());
    drop("potions.jsonl", lines);
    JsonNode error = errorOf("potions.jsonl");
    assertEquals(List.of(70), lines(error), error.toString());
    assertTrue(error.at("/errors/0/reason").asText().contains("answered 422"), error.toString());
    assertEquals(99, rows("potions.jsonl").size());
    assertEquals(99L, ledger("potions.jsonl").get("passages"));
  }

  @Test
  void file_thatIsNotUtf8Fails() throws IOException {
    put("latin.txt", "gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1));
    JsonNode error = errorOf("latin.txt");
    assertTrue(error.at("/errors/0/reason").asText().contains("not UTF-8"), error.toString());
    assertEquals(List.of(), texts("latin.txt"));
  }

  @Test
  void file_withALineThatIsNotUtf8FailsNamingIt() throws IOException {
    byte[] bytes =
        "{\"text\": \"plain\"}\n{\"text\": \"gr\u00fcn\"}\n{\"text\": \"white\"}\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    put("latin.jsonl", bytes);
    JsonNode error = errorOf("latin.jsonl");
    assertEquals(List.of(2), lines(error), error.toString());
    assertEquals(List.of("plain", "white"), texts("latin.jsonl"));
  }

  @Test
  void file_thatIsEmptyIsToldApart() {
    drop("empty.md", "");
    await()
        .until(
            () ->
                Files.exists(inbox.resolve("failed/empty.md"))
                    || Files.exists(inbox.resolve("done/empty.md")));
    assertEquals(List.of(), texts("empty.md"));
  }

  @Test
  void file_failedAndCorrectedIsStored() {
    drop("fix.jsonl", "{\"text\": \"sound\"}\n{\"text\": \n");
    errorOf("fix.jsonl");
    stubbed.fresh();
    drop("fix.jsonl", "{\"text\": \"sound\"}\n{\"text\": \"repaired\"}\n");
    awaitFile("done/fix.jsonl");
    assertEquals(List.of("sound", "repaired"), texts("fix.jsonl"));
    assertEquals(List.of("repaired"), stubbed.embedded());
    assertEquals("stored", ledger("fix.jsonl").get("status"));
  }

  @Test
  void file_ofAnotherKindIsLeftAlone() {
    List<String> others = List.of("photo.png", ".hidden.md", "~draft.md", "half.md.part", "x.tmp");
    others.forEach(name -> drop(name, "not for you"));
    drop("marker.txt", "dropped after the others");
    awaitFile("done/marker.txt");
    others.forEach(name -> assertTrue(Files.exists(inbox.resolve(name)), name));
  }

  @Test
  void file_withCapitalsBlanksAndUmlautsInItsNameIsTaken() {
    drop("Größe & Gewicht 1.MD", "# Maß\n\nEin Liter.");
    awaitFile("done/Größe & Gewicht 1.MD");
    assertEquals(List.of("Ein Liter."), texts("Größe & Gewicht 1.MD"));
  }

  @Test
  void file_staysInTheInboxWhileTeiIsAwayAndIsTakenAfterwards() {
    stubbed.tei().stop();
    try {
      drop("patient.txt", "I can wait.");
      await()
          .untilAsserted(() -> assertEquals("storing", ledger("patient.txt").getString("status")));
      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(5))
          .until(() -> Files.exists(inbox.resolve("patient.txt")));
      assertFalse(Files.exists(inbox.resolve("failed/patient.txt")));
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    awaitFile("done/patient.txt");
    assertEquals(List.of("I can wait."), texts("patient.txt"));
  }

  @Test
  void file_ofManyLinesIsStoredOnce() {
    int lines = 500;
    drop(
        "many.jsonl",
        IntStream.range(0, lines)
            .mapToObj(i -> "{\"id\": \"many-" + i + "\", \"text\": \"line number " + i + "\"}\n")
            .collect(Collectors.joining()));
    awaitFile("done/many.jsonl");
    assertEquals(lines, rows("many.jsonl").size());
    assertEquals((long) lines, ledger("many.jsonl").get("passages"));
    assertEquals(lines, stubbed.embedded().size());
  }

  /** As people should do it: written under another name, then renamed. */
  private static void drop(String name, String content) {
    put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static void put(String name, byte[] content) {
    try {
      Path half = Files.write(inbox.resolve(name + ".part"), content);
      Files.move(half, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitFile(String path) {
    await().until(() -> Files.exists(inbox.resolve(path)));
  }

  private static JsonNode errorOf(String name) {
    awaitFile("failed/" + name);
    try {
      return new ObjectMapper()
          .readTree(Files.readAllBytes(inbox.resolve("failed/" + name + ".error.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Integer> lines(JsonNode error) {
    List<Integer> lines = new ArrayList<>();
    error.get("errors").forEach(one -> lines.add(one.path("line").asInt()));
    return lines.stream().sorted().toList();
  }

  private static List<String> files(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(inbox.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).filter(n -> n.startsWith(prefix)).toList();
    }
  }

  private static Document ledger(String uri) {
    Document row = bundle.collection("sources").find(eq("uri", uri)).first();
    return row == null ? new Document() : row;
  }

  private static List<Document> rows(String uri) {
    return bundle
        .collection("memories")
        .find(eq("source.uri", uri))
        .sort(new Document("source.record", 1).append("source.chunk", 1))
        .into(new ArrayList<>());
  }

  private static List<String> texts(String uri) {
    return rows(uri).stream().map(row -> row.getString("text")).toList();
  }
}
