package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxFileTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a.md", "A.MD", "b c.txt", "x.error.jsonl", "team/notes.jsonl", "undone/a.csv"})
  void taken_isTrueForOurExtensions(String path) {
    assertTrue(InboxFile.taken(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.pdf",
        "README",
        ".hidden.md",
        ".md",
        "a.md.part",
        "a.md.tmp",
        "a.jsonl.error.json",
        "done/a.md",
        "failed/a.md",
        "~$a.md",
        "team/.a.md"
      })
  void taken_isFalseForOthers(String path) {
    assertFalse(InboxFile.taken(path));
  }

  @Test
  void include_knowsEveryFormat() {
    Arrays.stream(DocumentFormat.values())
        .flatMap(format -> format.extensions().stream())
        .forEach(extension -> assertTrue(("x." + extension).matches(InboxFile.INCLUDE), extension));
  }

  @Test
  void freeName_addsTheTimeOnAClash() {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    assertEquals("a.md", InboxFile.freeName("a.md", now, name -> false));
    assertEquals(
        "a-20260131T120000000.md", InboxFile.freeName("a.md", now, Set.of("a.md")::contains));
    assertEquals(
        "a-20260131T120000000-2.md",
        InboxFile.freeName("a.md", now, Set.of("a.md", "a-20260131T120000000.md")::contains));
    assertEquals("a.md.error.json", InboxFile.errorName("a.md"));
  }
}
