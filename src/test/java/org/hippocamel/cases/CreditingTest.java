package org.hippocamel.cases;

import static org.hippocamel.cases.TestLog.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.junit.jupiter.api.Test;

class CreditingTest {
  private static final Place PLACE = new Place("small", new float[] {1, 0});
  private static final Crediting CREDITING = new Crediting();
  private static final List<Document> CASES =
      Stream.of("a", "b", "c")
          .map(id -> new Document("_id", "acme:" + id).append("case", new Document()))
          .toList();

  @Test
  void reward_isSpreadByTheShareOfTheScore_warningsApart() {
    List<LogEntry> entries =
        credits(1, List.of(), shown(good("a", 0.6), good("b", 0.2), bad("c", 0.3)));
    assertEquals(List.of("acme:a", "acme:b", "acme:c"), keys(entries));
    assertEquals(0.75, entries.get(0).weight(), 1e-12);
    assertEquals(0.25, entries.get(1).weight(), 1e-12);
    assertEquals(1, entries.get(2).weight(), 1e-12);
    assertEquals(Part.WARNING, entries.get(2).part());
    entries.forEach(entry -> assertEquals(1, entry.reward()));
    assertEquals(PLACE, entries.get(0).place());
  }

  @Test
  void searches_ofOneRunShareOneUse() {
    List<LogEntry> entries =
        credits(1, List.of(), shown(good("a", 0.6)), shown(good("a", 0.2), good("b", 0.2)));
    assertEquals(0.8, entries.get(0).weight(), 1e-12);
    assertEquals(0.2, entries.get(1).weight(), 1e-12);
  }

  @Test
  void cases_thatWereUsedGetAllOfIt() {
    Shown shown = shown(good("a", 0.6), good("b", 0.2), bad("c", 0.3));
    List<LogEntry> entries =
        CREDITING
            .credits(
                new Feedback("acme", "r", 1, null, null, List.of("b")),
                List.of(shown),
                List.of(),
                List.of())
            .entries();
    assertEquals(List.of("acme:b"), keys(entries));
    assertEquals(1, entries.get(0).weight());
    Problem refused =
        assertThrows(
            Problem.class,
            () ->
                CREDITING.credits(
                    new Feedback("acme", "r", 1, null, null, List.of("b", "z")),
                    List.of(shown),
                    List.of(),
                    List.of()));
    assertEquals("the run was not shown case \"z\"", refused.getMessage());
    assertEquals("/used/1", refused.errors().get(0).pointer());
  }

  @Test
  void feedback_saidAgainIsTheSame_andSaidOtherwiseIsACorrection() {
    Shown shown = shown(good("a", 0.6), good("b", 0.2));
    List<LogEntry> first = credits(1, List.of(), shown);
    List<Document> log =
        first.stream()
            .map(entry -> entry.when(NOW).toDocument("acme", NOW).append("_id", entry.id()))
            .toList();
    List<LogEntry> again = credits(1, log, shown);
    assertEquals(
        first.stream().map(LogEntry::id).toList(), again.stream().map(LogEntry::id).toList());
    List<LogEntry> otherwise = credits(0, log, shown);
    assertEquals(
        first.stream().map(LogEntry::id).toList(),
        otherwise.stream().map(LogEntry::supersedes).toList());
    assertNull(otherwise.get(0).id());
  }

  @Test
  void narrowerUse_takesBackWhatTheOthersGot_once_andWiderUseGivesItAgain() {
    Shown shown = shown(good("a", 0.6), good("b", 0.2));
    List<Document> log = new ArrayList<>(rows(credits(0, List.of(), shown), "first"));
    List<LogEntry> narrow = used("a", log, shown);
    assertEquals(List.of("acme:a", "acme:b"), keys(narrow));
    assertEquals(List.of(1.0, 0.0), narrow.stream().map(LogEntry::weight).toList());
    assertEquals(log.get(1).getString("_id"), narrow.get(1).supersedes());
    log.addAll(rows(narrow, "second"));
    List<LogEntry> again = used("a", log, shown);
    assertEquals(List.of("acme:second-0"), again.stream().map(LogEntry::id).toList());
    List<LogEntry> wide = credits(1, log, shown);
    assertEquals(
        List.of("acme:second-0", "acme:second-1"),
        wide.stream().map(LogEntry::supersedes).toList());
    assertEquals(0.25, wide.get(1).weight(), 1e-12);
  }

  private static List<LogEntry> used(String id, List<Document> earlier, Shown shown) {
    Feedback feedback = new Feedback("acme", "r", 1, null, null, List.of(id));
    return CREDITING.credits(feedback, List.of(shown), earlier, CASES).entries();
  }

  private static List<Document> rows(List<LogEntry> entries, String name) {
    List<Document> rows = new ArrayList<>();
    for (LogEntry entry : entries) {
      String id = "acme:" + name + "-" + rows.size();
      rows.add(entry.when(NOW).toDocument("acme", NOW).append("_id", id));
    }
    return rows;
  }

  @Test
  void nothing_isCreditedWhereNothingWasShown() {
    assertEquals(List.of(), credits(1, List.of(), shown()));
  }

  private static List<LogEntry> credits(double reward, List<Document> earlier, Shown... shown) {
    Feedback feedback = new Feedback("acme", "r", reward, null, null, List.of());
    return CREDITING.credits(feedback, List.of(shown), earlier, CASES).entries();
  }

  private static List<String> keys(List<LogEntry> entries) {
    return entries.stream().map(LogEntry::caseKey).toList();
  }

  private static Shown shown(Shown.Item... items) {
    return new Shown(
        "acme:s", "r", NOW, "why?", PLACE, Ranking.VALUE, Stream.of(items).toList(), null);
  }

  private static Shown.Item good(String id, double score) {
    return new Shown.Item("acme:" + id, true, score);
  }

  private static Shown.Item bad(String id, double score) {
    return new Shown.Item("acme:" + id, false, score);
  }
}
