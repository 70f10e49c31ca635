package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents over REST, as JSON and as forms, and what is in the store afterwards. */
class DocumentRouteTest {
  private static final String PATH = "/v1/documents";

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

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void document_becomesPassagesOfItsSections() {
    Answer answer =
        bundle.post(
            PATH,
            """
            {"uri": "guide/ports.md", "metadata": {"topic": "ports", "year": 2026},
             "agent_id": "librarian",
             "text": "# Setup\\n\\nStart it.\\n\\n## Ports\\n\\nSet it to 8080.\\n"}""");
    assertEquals(201, answer.status(), answer.response().body());
    assertCounts(answer, 2, 2, 0, 0, 0);
    String source = answer.json().get("source_id").asText();

    List<Document> rows = rows(source);
    assertEquals(List.of("Start it.", "Set it to 8080."), texts(rows));
    Document row = rows.get(1);
    assertEquals("passage", row.get("kind"));
    assertEquals("librarian", row.get("agent_id"));
    assertEquals(new Document("topic", "ports").append("year", 2026L), row.get("metadata"));
    assertEquals(
        List.of(
            "link:" + row.getString("_id").replaceFirst("^[^:]*:", ""),
            "passage:" + source + "#0.1",
            "entity:ports",
            "source:" + source),
        row.get("keys"));
    Document from = row.get("source", Document.class);
    assertEquals("guide/ports.md", from.get("uri"));
    assertEquals("Setup", from.get("title"));
    assertEquals("Setup > Ports", from.get("heading"));
    assertEquals(
        List.of(0L, 1, 2), List.of(from.get("record"), from.get("chunk"), from.get("chunks")));
    assertEquals(List.of("Setup\nStart it.", "Setup > Ports\nSet it to 8080."), stubbed.embedded());

    Document ledger = ledger(source);
    assertEquals("stored", ledger.get("status"));
    assertEquals("guide/ports.md", ledger.get("uri"));
    assertEquals(2L, ledger.get("passages"));
    assertEquals(from.get("version"), ledger.get("version"));
  }

  @Test
  void document_isNotEmbeddedAgain() {
    Map<String, String> note = Map.of("uri", "same.txt", "text", "One thing to know.");
    assertCounts(bundle.postJson(PATH, note), 1, 1, 0, 0, 0);
    stubbed.fresh();
    assertCounts(bundle.postJson(PATH, note), 1, 0, 1, 0, 0);
    assertEquals(List.of(), stubbed.tei().calls());
  }

  @Test
  void document_isReplacedByTheSameUri() {
    String first = sections("alpha", "beta", "gamma");
    Answer stored = bundle.postJson(PATH, Map.of("uri", "replace.md", "text", first));
    assertCounts(stored, 3, 3, 0, 0, 0);
    stubbed.fresh();
    Answer changed =
        bundle.postJson(PATH, Map.of("uri", "replace.md", "text", sections("alpha", "BETA")));
    assertEquals(2, changed.json().get("passages").asInt(), changed.response().body());
    assertEquals(1, changed.json().get("removed").asInt());
    assertEquals(List.of("About BETA\nWe know BETA."), stubbed.embedded());
    String source = changed.json().get("source_id").asText();
    assertEquals(stored.json().get("source_id").asText(), source);
    assertEquals(List.of("We know alpha.", "We know BETA."), texts(rows(source)));
  }

  @Test
  void documentVersions_thatComeTogetherLeaveOneWhole() {
    List<CompletableFuture<Answer>> versions =
        IntStream.range(0, 6)
            .mapToObj(i -> sections("shared", "v" + i, "w" + i))
            .map(text -> Map.of("uri", "race.md", "text", text))
            .map(body -> CompletableFuture.supplyAsync(() -> bundle.postJson(PATH, body)))
            .toList();
    versions.forEach(version -> assertEquals(201, version.join().status()));
    String source = versions.get(0).join().json().get("source_id").asText();
    List<Document> rows = rows(source);
    assertEquals(3, rows.size());
    String winner = ledger(source).getString("version");
    rows.forEach(row -> assertEquals(winner, row.get("source", Document.class).get("version")));
  }

  private static String sections(String... names) {
    return List.of(names).stream()
        .map(name -> "# About " + name + "\n\nWe know " + name + ".\n\n")
        .collect(Collectors.joining());
  }

  @Test
  void document_isCutWhereItIsLongerThanAPassage() {
    String text =
        IntStream.range(0, 400)
            .mapToObj(i -> "Sentence number " + i + " says a little.")
            .collect(Collectors.joining(" "));
    Answer answer = bundle.postJson(PATH, Map.of("uri", "long.txt", "text", text));
    int passages = answer.json().get("passages").asInt();
    assertTrue(passages > 5, answer.response().body());
    List<Document> rows = rows(answer.json().get("source_id").asText());
    assertEquals(passages, rows.size());
    assertTrue(rows.get(0).getString("text").startsWith("Sentence number 0 "));
    assertTrue(rows.get(passages - 1).getString("text").endsWith("number 399 says a little."));
    rows.forEach(row -> assertEquals(passages, row.get("source", Document.class).get("chunks")));
  }

  @Test
  void form_takesAFileWithMetadataAndAgent() {
    Answer answer =
        new Multipart()
            .field("metadata", "{\"topic\": \"form\", \"tags\": [\"a\"]}")
            .file("notes äöü 1.md", "# Note\n\nIt came as a form.")
            .field("agent_id", "uploader")
            .post(bundle, PATH);
    assertEquals(201, answer.status(), answer.response().body());
    assertCounts(answer, 1, 1, 0, 0, 0);
    Document row = rows(answer.json().get("source_id").asText()).get(0);
    assertEquals("It came as a form.", row.get("text"));
    assertEquals("uploader", row.get("agent_id"));
    assertEquals(new Document("tags", List.of("a")).append("topic", "form"), row.get("metadata"));
    assertEquals("notes äöü 1.md", row.get("source", Document.class).get("uri"));
  }

  @Test
  void form_takesTheBytesAsTheyAre() {
    byte[] text = "\uFEFFline one\r\nline two – ü\r\n".getBytes(StandardCharsets.UTF_8);
    Answer answer = new Multipart().file("crlf.txt", text).post(bundle, PATH);
    assertEquals(201, answer.status(), answer.response().body());
    String stored = rows(answer.json().get("source_id").asText()).get(0).getString("text");
    assertTrue(stored.startsWith("line one"), stored);
    assertTrue(stored.endsWith("line two – ü"), stored);
  }

  @Test
  void form_namesTheLinesThatAreNotStored() {
    Answer answer =
        new Multipart()
            .file(
                "lines.jsonl",
                "{\"text\": \"good one\"}\n{\"text\": 7}\n\n{broken\n{\"text\": \"good two\"}\n")
            .post(bundle, PATH);
    assertEquals(201, answer.status(), answer.response().body());
    assertCounts(answer, 2, 2, 0, 0, 2);
    JsonNode errors = answer.json().get("errors");
    assertEquals(2, errors.at("/0/line").asInt(), errors.toString());
    assertEquals(4, errors.at("/1/line").asInt(), errors.toString());
    String source = answer.json().get("source_id").asText();
    assertEquals(List.of("good one", "good two"), texts(rows(source)));
    assertEquals("failed", ledger(source).get("status"));
  }

  @Test
  void document_keepsOldPassagesWhileThereAreFailures() {
    new Multipart()
        .file("keep.jsonl", "{\"text\": \"one\"}\n{\"text\": \"two\"}\n")
        .post(bundle, PATH);
    Answer answer =
        new Multipart().file("keep.jsonl", "{\"text\": \"new\"}\n{\n").post(bundle, PATH);
    assertEquals(0, answer.json().get("removed").asInt(), answer.response().body());
    assertEquals(List.of("new", "two"), texts(rows(answer.json().get("source_id").asText())));
  }

  @Test
  void form_refusesWhatItCannotTake() {
    Refusal.field("/file", "no file", new Multipart().field("metadata", "{}").post(bundle, PATH));
    String unknown =
        Refusal.of(ProblemKind.INVALID, new Multipart().file("a.exe", "MZ").post(bundle, PATH));
    assertTrue(unknown.contains("\".exe\" is not known"), unknown);
    Refusal.of(
        ProblemKind.MALFORMED,
        new Multipart().file("a.txt", "a").field("metadata", "{oops").post(bundle, PATH));
    Refusal.field(
        "/metadata/year",
        "declared as number",
        new Multipart()
            .file("a.txt", "a")
            .field("metadata", "{\"year\": \"x\"}")
            .post(bundle, PATH));
  }

  @Test
  void form_refusesAFileThatIsNotUtf8() {
    byte[] latin = "gr\u00fcn".getBytes(StandardCharsets.ISO_8859_1);
    String detail =
        Refusal.of(
            ProblemKind.INVALID, new Multipart().file("latin.txt", latin).post(bundle, PATH));
    assertTrue(detail.contains("not UTF-8"), detail);
  }

  @Test
  void document_isRefusedByPointer() {
    Answer answer = bundle.post(PATH, "{\"uri\": \"\", \"text\": \" \", \"titel\": \"T\"}");
    Refusal.field("/uri", "must not be empty", answer);
    Refusal.field("/text", "must not be empty", answer);
    Refusal.field("/titel", "did you mean \"title\"", answer);
  }

  @Test
  void document_namesTheRecordThatTeiRefuses() {
    stubbed.tei().fail(text -> text.contains("poison"), 422, "{\"error\":\"no\"}");
    Answer answer =
        bundle.postJson(
            PATH, Map.of("uri", "poison.md", "text", sections("milk", "poison", "honey")));
    assertEquals(201, answer.status(), answer.response().body());
    assertCounts(answer, 2, 2, 0, 0, 1);
    assertTrue(
        answer.json().at("/errors/0/reason").asText().contains("answered 422"),
        answer.response().body());
    assertEquals(0, answer.json().at("/errors/0/record").asInt(-1));
    assertEquals(
        List.of("We know milk.", "We know honey."),
        texts(rows(answer.json().get("source_id").asText())));
  }

  @Test
  void document_waitsInTheLedgerWhileTeiIsAway() {
    Map<String, String> note = Map.of("uri", "away.txt", "text", "Somebody reads this later.");
    stubbed.tei().stop();
    try {
      String detail = Refusal.of(ProblemKind.UNAVAILABLE, bundle.postJson(PATH, note));
      assertTrue(detail.startsWith("the embedder at tei.url does not answer"), detail);
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    Document ledger = bundle.collection("sources").find(eq("uri", "away.txt")).first();
    assertNotNull(ledger);
    assertEquals("storing", ledger.get("status"));
    Answer again = bundle.postJson(PATH, note);
    assertCounts(again, 1, 1, 0, 0, 0);
    assertEquals("stored", ledger(again.json().get("source_id").asText()).get("status"));
  }

  private static void assertCounts(
      Answer answer, int passages, int stored, int unchanged, int removed, int failed) {
    assertEquals(201, answer.status(), answer.response().body());
    List<Integer> counts = new ArrayList<>();
    for (String name : List.of("passages", "stored", "unchanged", "removed", "failed")) {
      counts.add(answer.json().path(name).asInt(-1));
    }
    assertEquals(
        List.of(passages, stored, unchanged, removed, failed), counts, answer.response().body());
  }

  private static Document ledger(String source) {
    return bundle.collection("sources").find(eq("_id", "default:" + source)).first();
  }

  private static List<Document> rows(String source) {
    return bundle
        .collection("memories")
        .find(eq("source.id", source))
        .sort(new Document("source.record", 1).append("source.chunk", 1))
        .into(new ArrayList<>());
  }

  private static List<String> texts(List<Document> rows) {
    return rows.stream().map(row -> row.getString("text")).toList();
  }
}
