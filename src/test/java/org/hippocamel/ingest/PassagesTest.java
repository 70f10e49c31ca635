package org.hippocamel.ingest;

import static org.hippocamel.ingest.FakeTokenizer.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.junit.jupiter.api.Test;

class PassagesTest {
  private static final Instant THEN = Instant.parse("2026-01-31T12:00:00Z");

  private final Passages passages = new Passages(new Splitter(50, 10, 510));

  private List<Draft> drafts(Origin origin, RecordGroup group) {
    List<String> units = passages.units(group);
    return passages.drafts(origin, group, units, FakeTokenizer.count(units));
  }

  private static Origin origin(String uri) {
    return Origin.of("default", uri, "v1", null, Map.of("team", "checkout", "lang", "en"));
  }

  private static SourceRecord line(long record, String id, String text) {
    return new SourceRecord(
        record, 1, id, null, text, "bot", "s1", Map.of("lang", "de"), THEN, DocumentFormat.JSONL);
  }

  @Test
  void drafts_carriesEverythingOfARecord() {
    Draft draft = drafts(origin("notes.jsonl"), RecordGroup.of(line(7, "note-1", "hello"))).get(0);
    assertEquals(Kind.PASSAGE, draft.kind());
    assertEquals("note-1", draft.id());
    assertEquals("bot", draft.agentId());
    assertEquals("s1", draft.sessionId());
    assertEquals("hello", draft.embedded());
    assertEquals(Map.of("team", "checkout", "lang", "de"), draft.metadata());
    assertEquals(THEN, draft.occurredAt());
    assertEquals("notes.jsonl", draft.source().uri());
    assertEquals(SourceId.of("default", "notes.jsonl"), draft.source().id());
    assertEquals("v1", draft.source().version());
    assertEquals(7, draft.source().record());
    assertEquals(1, draft.source().chunks());
    assertNull(draft.source().title());
  }

  @Test
  void drafts_numbersThePassagesOfOneRecord() {
    List<Draft> drafts = drafts(origin("n.jsonl"), RecordGroup.of(line(0, "note", words(0, 120))));
    assertEquals(List.of("note#0", "note#1", "note#2"), drafts.stream().map(Draft::id).toList());
    assertEquals(List.of(0, 1, 2), drafts.stream().map(d -> d.source().chunk()).toList());
    assertTrue(drafts.stream().allMatch(d -> d.source().chunks() == 3));
  }

  @Test
  void drafts_derivesIdsThatStayAndDoNotMeet() {
    RecordGroup group =
        new RecordGroup(List.of(line(0, null, words(0, 120)), line(1, null, "b")), List.of());
    List<String> ids = drafts(origin("n.jsonl"), group).stream().map(Draft::id).toList();
    assertEquals(ids, drafts(origin("n.jsonl"), group).stream().map(Draft::id).toList());
    assertEquals(4, ids.stream().distinct().count());
    assertTrue(ids.get(3).matches("[0-9a-f]{12}-1-0"), ids.get(3));
    assertNotEquals(ids.get(0), drafts(origin("other.jsonl"), group).get(0).id());
  }

  @Test
  void drafts_givesEachRecordItsOwnTokens() {
    RecordGroup group =
        new RecordGroup(
            List.of(line(0, "a", words(0, 60)), line(1, "b", "short"), line(2, "c", words(60, 60))),
            List.of());
    assertEquals(2, passages.units(group).size());
    assertEquals(
        List.of("a#0", "a#1", "b", "c#0", "c#1"),
        drafts(origin("n.jsonl"), group).stream().map(Draft::id).toList());
  }

  @Test
  void drafts_takesTheTitleOfADocumentFromItsHeadingElseItsName() {
    Origin origin = origin("docs/guide.md");
    SourceRecord titled =
        SourceRecord.document(null, "## a\n\n# The *guide*\n\nx", DocumentFormat.MARKDOWN);
    SourceRecord bare = SourceRecord.document(null, "just text", DocumentFormat.MARKDOWN);
    SourceRecord given = SourceRecord.document("Given", "# T\n\nx", DocumentFormat.MARKDOWN);
    assertEquals("The guide", drafts(origin, RecordGroup.of(titled)).get(0).source().title());
    assertEquals("guide.md", drafts(origin, RecordGroup.of(bare)).get(0).source().title());
    assertEquals("Given", drafts(origin, RecordGroup.of(given)).get(0).source().title());
  }

  @Test
  void drafts_embedsTheHeadingPathWithTheText() {
    SourceRecord record =
        SourceRecord.document(
            null, "# Setup\n\n## Ports\n\nSet it to 8080.", DocumentFormat.MARKDOWN);
    Draft draft = drafts(origin("a.md"), RecordGroup.of(record)).get(0);
    assertEquals("Setup > Ports\nSet it to 8080.", draft.embedded());
  }

  @Test
  void drafts_takesTheAgentOfTheOriginForRecordsWithout() {
    Origin origin = Origin.of("default", "a.txt", "v1", "uploader", Map.of());
    SourceRecord record = SourceRecord.document(null, "x", DocumentFormat.TEXT);
    assertEquals("uploader", drafts(origin, RecordGroup.of(record)).get(0).agentId());
    assertEquals("bot", drafts(origin, RecordGroup.of(line(0, "a", "x"))).get(0).agentId());
  }

  @Test
  void drafts_refusesTokensThatAreNotThoseOfTheUnits() {
    RecordGroup group = RecordGroup.of(line(0, "a", words(0, 60)));
    assertThrows(
        IllegalArgumentException.class,
        () -> passages.drafts(origin("a"), group, passages.units(group), List.of()));
  }

  @Test
  void sourceId_dependsOnTenantAndUri() {
    assertEquals(SourceId.of("a", "x"), SourceId.of("a", "x"));
    assertTrue(SourceId.of("a", "x").matches("[0-9a-f]{24}"));
    assertNotEquals(SourceId.of("a", "x"), SourceId.of("b", "x"));
    assertNotEquals(SourceId.of("a", "x"), SourceId.of("a", "y"));
  }
}
