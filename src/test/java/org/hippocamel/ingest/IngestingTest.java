package org.hippocamel.ingest;

import static org.hippocamel.ingest.TestReadings.incoming;
import static org.hippocamel.ingest.TestReadings.ingesting;
import static org.hippocamel.ingest.TestReadings.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hippocamel.embedding.Lane;
import org.hippocamel.job.JobRun;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.RememberRequest;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Item;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestingTest {
  private static final Problem LASTING = new Problem(ProblemKind.EMBEDDER_FAILED, "answered 422");
  private static final Problem PASSING = new Problem(ProblemKind.UNAVAILABLE, "away");

  @TempDir private Path inbox;

  @Test
  void dropped_isReadFromTheFile_forTheDefaultTenant() throws IOException {
    Path file = Files.writeString(inbox.resolve("notes.md"), "text");
    Incoming dropped = ingesting(inbox).dropped(file.toString(), "notes.md", JobRun.unwatched());
    assertEquals("default", dropped.tenant());
    assertEquals(Lane.INGEST, dropped.lane());
    assertEquals("notes.md", dropped.uri());
    assertEquals(DocumentFormat.MARKDOWN, dropped.format());
    try (var content = dropped.content().open()) {
      assertEquals("text", new String(content.readAllBytes()));
    }
  }

  @Test
  void open_namesTheSourceByTenantAndUri_andItsVersionByItsBytes() {
    Reading once = reading("a.md", "text");
    assertEquals(once.sourceId(), reading("a.md", "other").sourceId());
    assertFalse(once.sourceId().equals(reading("b.md", "text").sourceId()));
    assertEquals(once.version(), reading("b.md", "text").version());
    assertFalse(once.version().equals(reading("a.md", "other").version()));
    assertEquals("a.md", once.origin().title());
  }

  @Test
  void open_takesTheTitleThatTheCallerGave() throws IOException {
    Incoming plain = incoming("dir/a.txt", "text");
    Incoming titled =
        Incoming.awaited(
            plain.tenant(),
            plain.uri(),
            "Refunds",
            plain.format(),
            plain.content(),
            Map.of("topic", "x"),
            "librarian");
    Origin origin = ingesting(inbox).open(titled).origin();
    assertEquals("Refunds", origin.title());
    assertEquals(Map.of("topic", "x"), origin.metadata());
    assertEquals("librarian", origin.agentId());
  }

  @Test
  void checked_putsRecordsWithBadMetadataAside_andKeepsTheirNeighbours() {
    Reading reading =
        reading(
            "a.jsonl",
            """
            {"text": "good", "metadata": {"year": 2026}}
            {"text": "bad", "metadata": {"year": "this one"}}
            not json
            {"text": "good too"}
            """);
    RecordGroup checked = ingesting(inbox).checked(reading, reading.records().next());
    assertEquals(List.of("good", "good too"), TestSources.texts(checked));
    assertEquals(Map.of("year", 2026L), checked.records().get(0).metadata());
    String fault =
        "metadata field \"year\" is declared as number (memory.filterable), is the string \"this"
            + " one\"";
    assertTrue(
        checked.rejected().stream().anyMatch(r -> r.sentence().equals("line 2: " + fault)),
        checked.rejected().toString());
    assertEquals(2, checked.rejected().size());
    assertEquals(2, reading.report().failures());
    assertTrue(reading.report().named().contains(Map.of("line", 2, "record", 1L, "reason", fault)));
  }

  @Test
  void dates_thatNoStoreCanHold_costTheirRecordAlone() {
    Reading reading =
        reading(
            "a.jsonl", "{\"text\":\"a\",\"occurred_at\":\"+999999999-01-01\"}\n{\"text\":\"b\"}\n");
    RecordGroup group = reading.records().next();
    assertEquals(List.of("b"), TestSources.texts(group));
    assertEquals(
        "line 1: \"occurred_at\" is \"+999999999-01-01\"; write 2026-01-31 or"
            + " 2026-01-31T12:00:00Z",
        TestSources.reason(group));
  }

  @Test
  void checked_readsCellsOfCsvAsTheirDeclaredType() {
    Reading reading = reading("a.csv", "text,year,done,note\none,2026,true,7\n");
    RecordGroup checked = ingesting(inbox).checked(reading, reading.records().next());
    assertEquals(List.of(), checked.rejected());
    assertEquals(
        Map.of("year", 2026L, "done", true, "note", "7"), checked.records().get(0).metadata());
  }

  @Test
  void passages_areForTheTenantAndLaneOfTheSource() {
    Reading reading = reading("a.txt", "Money goes back within 14 days.");
    RememberRequest request = passages(reading);
    assertEquals("acme", request.tenant());
    assertEquals(Lane.INGEST, request.lane());
    assertEquals(
        List.of("Money goes back within 14 days."),
        request.drafts().stream().map(Draft::text).toList());
    assertEquals(reading.version(), request.drafts().get(0).source().version());
  }

  @Test
  void stored_talliesByOutcome_andNamesTheRecordThatWasRefused() {
    Reading reading = reading("a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n");
    Ingesting ingesting = ingesting(inbox);
    RecordGroup group = ingesting.checked(reading, reading.records().next());
    RememberRequest request = ingesting.passages(reading, group, List.of(), List.of());
    ingesting.stored(
        reading,
        group,
        request,
        new Remembered(
            List.of(
                new Item("a", Status.CREATED, null),
                new Item("b", Status.REFUSED, LASTING),
                new Item("c", Status.UNCHANGED, true, null))));
    assertEquals(1, reading.report().stored());
    assertEquals(1, reading.report().truncated());
    assertEquals(1, reading.report().unchanged());
    assertEquals(
        List.of(Map.of("line", 2, "record", 1L, "reason", "answered 422")),
        reading.report().named());
    assertFalse(ingesting.complete(reading));
  }

  @Test
  void stored_throwsWhatMayPass_soThatTheSourceIsTriedAgain() {
    Reading reading = reading("a.txt", "text");
    RememberRequest request = passages(reading);
    Remembered done = new Remembered(List.of(new Item("a", Status.REFUSED, PASSING)));
    assertSame(
        PASSING,
        assertThrows(
            Problem.class,
            () ->
                ingesting(inbox)
                    .stored(reading, new RecordGroup(List.of(), List.of()), request, done)));
  }

  @Test
  void failed_namesEveryRecordOfTheGroup() {
    Reading reading = reading("a.jsonl", "{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n");
    ingesting(inbox).failed(reading, reading.records().next(), new RuntimeException(LASTING));
    assertEquals(
        List.of(
            Map.of("line", 1, "record", 0L, "reason", "answered 422"),
            Map.of("line", 3, "record", 1L, "reason", "answered 422")),
        reading.report().named());
  }

  @Test
  void whatMayPass_isThrownAgain() {
    Reading reading = reading("a.jsonl", "{\"text\":\"a\"}\n");
    RecordGroup group = reading.records().next();
    Ingesting ingesting = ingesting(inbox);
    RuntimeException wrapped = new RuntimeException(PASSING);
    assertSame(
        PASSING, assertThrows(Problem.class, () -> ingesting.failed(reading, group, wrapped)));
    assertSame(PASSING, assertThrows(Problem.class, () -> ingesting.refused(wrapped)));
    assertEquals(List.of(), reading.report().named());
  }

  @Test
  void ended_isWhatBecameOfTheSource() {
    Reading reading = reading("a.txt", "text");
    reading.report().add(1, 2, 3);
    Ingesting ingesting = ingesting(inbox);
    ingesting.removed(reading, null);
    assertEquals(0, ingesting.ended(reading).removed());
    ingesting.removed(reading, 4L);
    Ingested ended = ingesting.ended(reading);
    assertEquals(reading.sourceId(), ended.sourceId());
    assertEquals(
        "1 stored, 3 updated, 2 unchanged, 4 removed, 0 failed, 0 truncated", ended.summary());
    assertEquals("done", ended.outcome());
  }

  @Test
  void refused_saysWhyInWordsForPeople() {
    Map<Throwable, String> reasons =
        Map.of(
            Problem.invalid("", "the document is empty"),
            "the document is empty",
            new UncheckedIOException(new MalformedInputException(1)),
            "the file is not UTF-8",
            new NoSuchFileException("/secret/place"),
            "the file could not be read (NoSuchFileException)",
            new IllegalStateException("row 17 of tenant acme"),
            "the file could not be read (IllegalStateException)");
    reasons.forEach(
        (thrown, reason) -> {
          Ingested refused = ingesting(inbox).refused(thrown);
          assertNull(refused.sourceId());
          assertEquals(List.of(Map.of("reason", reason)), refused.report().named());
          assertEquals("failed", refused.outcome());
        });
  }

  @Test
  void target_overwritesNoFile() throws IOException {
    Ingested done = new Ingested("src", new IngestReport(), 0);
    assertEquals("done/notes.md", ingesting(inbox).target(done, "notes.md"));
    Files.createDirectories(inbox.resolve("done"));
    Files.writeString(inbox.resolve("done/notes.md"), "earlier");
    assertEquals("done/notes-20260131T120000000.md", ingesting(inbox).target(done, "notes.md"));
    assertEquals("failed/a.md.error.json", ingesting(inbox).errorName("failed/a.md"));
  }

  private RememberRequest passages(Reading reading) {
    Ingesting ingesting = ingesting(inbox);
    List<Draft> drafts = new ArrayList<>();
    RecordGroup group = ingesting.checked(reading, reading.records().next());
    assertEquals(List.of(), ingesting.units(reading, group));
    RememberRequest request = ingesting.passages(reading, group, List.of(), List.of());
    drafts.addAll(request.drafts());
    assertEquals(1, drafts.size());
    return request;
  }
}
