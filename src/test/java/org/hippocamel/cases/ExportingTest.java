package org.hippocamel.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ExportingTest {
  private final Exporting exporting = new Exporting();

  @Test
  void page_endsWhereItsHistoriesGrowLong_andHasOneCaseAtLeast() {
    List<Document> rows = List.of(row("a", 15_000), row("b", 15_000), row("c", 1));
    ExportPage page = exporting.asked("acme", "jsonl", "", "");
    assertEquals(rows.subList(0, 2), exporting.cut(page, rows));
    assertEquals(
        List.of(row("a", 90_000)), exporting.cut(page, List.of(row("a", 90_000), row("b", 1))));
    assertEquals(rows, exporting.cut(exporting.asked("acme", "memento", "", ""), rows));
    assertEquals(List.of(), exporting.cut(page, List.of()));
  }

  @Test
  void correction_comesBehindWhatItCorrects_alsoWhereItHappenedBefore() {
    LogEntry wrong = TestLog.verdict("wrong", true, 1, TestLog.NOW);
    LogEntry right =
        TestLog.verdict("right", false, 0, TestLog.NOW.minusSeconds(9)).superseding(wrong.id());
    List<Document> log =
        List.of(
            right.named("acme:right").toDocument("acme", TestLog.NOW).append("_id", "acme:right"),
            wrong.toDocument("acme", TestLog.NOW).append("_id", wrong.id()));
    ExportPage page =
        exporting.page(exporting.asked("acme", "jsonl", "", ""), List.of(row("c", 2)), log);
    assertEquals(
        List.of("acme:wrong", "acme:right"),
        page.cases().get(0).log().stream().map(LogEntry::id).toList());
  }

  private static Document row(String id, int entries) {
    return new Document("_id", "acme:" + id)
        .append("case", new Document("stats", new Document("rows", entries)));
  }
}
