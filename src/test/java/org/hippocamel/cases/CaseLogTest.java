package org.hippocamel.cases;

import static org.hippocamel.cases.TestLog.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.UpdateOneModel;
import java.util.List;
import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class CaseLogTest {
  private final CaseLog log =
      new CaseLog(Scrubber.of(TestLog.settings().guard()), TestLog.CLOCK, () -> "random");

  @Test
  void name_repeatsWhereARunSaysTheSame_andIsNewOtherwise() {
    LogEntry inRun = said("r", "judge", true, null);
    assertEquals(named(inRun).id(), named(inRun).id());
    assertNotEquals(named(inRun).id(), named(said("r2", "judge", true, null)).id());
    assertNotEquals(named(inRun).id(), named(said("r", "other", true, null)).id());
    assertEquals("acme:random", named(said(null, "judge", true, null)).id());
    assertEquals(NOW, named(inRun).at());
  }

  @Test
  void note_losesItsSecrets() {
    LogEntry entry = said("r", null, true, null).noted("password=hunter2!");
    assertEquals("password=[secret]", named(entry).note());
  }

  @Test
  void outcome_ofAMissingCaseIsRefused_orLeftOut() {
    NewOutcomes strict =
        new NewOutcomes("acme", List.of(said(null, null, true, null)), Leniency.NONE);
    Problem missing = assertThrows(Problem.class, () -> log.named(strict, List.of(), List.of()));
    assertEquals(ProblemKind.NOT_FOUND, missing.kind());
    assertEquals("no case with id \"c\"", missing.getMessage());
    NewOutcomes lenient = new NewOutcomes("acme", strict.entries(), Leniency.GONE);
    assertEquals(List.of(), log.named(lenient, List.of(), List.of()).entries());
  }

  @Test
  void outcome_ofAMergedCaseGoesToTheOther_correctionsToo() {
    Document merged =
        new Document("_id", "acme:c").append("case", new Document("merged_into", "acme:s"));
    NewOutcomes outcomes =
        new NewOutcomes(
            "acme",
            List.of(said(null, null, true, null), said(null, null, false, "acme:old")),
            Leniency.NONE);
    Document old = new Document("_id", "acme:old").append("case", "acme:c");
    List<LogEntry> entries = log.named(outcomes, List.of(merged), List.of(old)).entries();
    assertEquals("acme:s", entries.get(0).caseKey());
    assertEquals("acme:" + LogId.copy("acme:old", "acme:s"), entries.get(1).supersedes());
  }

  @Test
  void outcome_saidBeforeIsNotAddedAgain() {
    NamedOutcomes outcomes = named(List.of(said("r", "judge", true, null)));
    Additions again = log.additions(outcomes, stored(outcomes));
    assertFalse(again.any());
    assertEquals(List.of(false), again.items().stream().map(Appended.Item::added).toList());
    assertTrue(log.additions(outcomes, List.of()).any());
  }

  @Test
  void outcome_saidOtherwiseUnderTheSameNameIsRefused_withTheWayToCorrectIt() {
    NamedOutcomes first = named(List.of(said("r", "judge", true, null)));
    NamedOutcomes other = named(List.of(said("r", "judge", false, null)));
    Problem conflict = assertThrows(Problem.class, () -> log.additions(other, stored(first)));
    assertEquals(ProblemKind.CONFLICT, conflict.kind());
    String id = first.entries().get(0).publicId();
    assertEquals(
        "this outcome was recorded before and said something else; to correct it send supersedes:"
            + " \""
            + id
            + "\"",
        conflict.getMessage());
    NamedOutcomes lenient = new NamedOutcomes("acme", other.items(), Leniency.ALL);
    assertFalse(log.additions(lenient, stored(first)).any(), "the log keeps what it has");
  }

  @Test
  void correction_hasOnePlace_andNeedsAnOutcomeOfItsCase() {
    NamedOutcomes first = named(List.of(said("r", "judge", true, null)));
    String wrong = first.entries().get(0).id();
    NamedOutcomes correction = named(List.of(said(null, null, false, wrong)));
    assertTrue(log.additions(correction, stored(first)).any());
    NamedOutcomes another = named(List.of(said(null, null, true, wrong)));
    List<Document> both = List.of(stored(first).get(0), stored(correction).get(0));
    Problem twice = assertThrows(Problem.class, () -> log.additions(another, both));
    assertTrue(
        twice.getMessage().startsWith("that outcome was corrected before; "), twice.getMessage());
    Problem foreign = assertThrows(Problem.class, () -> log.additions(correction, List.of()));
    assertEquals("/supersedes", foreign.errors().get(0).pointer());
  }

  @Test
  void sameOutcomeTwiceInOneRequestIsAddedOnce() {
    LogEntry entry = said("r", "judge", true, null);
    NamedOutcomes outcomes = named(List.of(entry, entry));
    Additions additions = log.additions(outcomes, List.of());
    assertEquals(1, additions.added().size());
    assertEquals(2, additions.items().size());
  }

  @Test
  void entry_isInsertedUnlessItsNameIsTaken() {
    NamedOutcomes outcomes = named(List.of(said("r", "judge", true, null)));
    Additions additions = log.additions(outcomes, List.of());
    UpdateOneModel<?> insert = (UpdateOneModel<?>) log.inserts(additions).get(0);
    Document update = (Document) insert.getUpdate();
    assertEquals(List.of("$setOnInsert"), List.copyOf(update.keySet()), "nothing is ever changed");
    assertTrue(insert.getOptions().isUpsert());
    BulkWriteResult nothing = BulkWriteResult.acknowledged(0, 1, 0, 0, List.of(), List.of());
    Problem raced = assertThrows(Problem.class, () -> log.written(additions, nothing));
    assertEquals(ProblemKind.CONFLICT, raced.kind());
  }

  private NamedOutcomes named(List<LogEntry> entries) {
    Document there = new Document("_id", "acme:c").append("case", new Document());
    return log.named(new NewOutcomes("acme", entries, Leniency.NONE), List.of(there), List.of());
  }

  private LogEntry named(LogEntry entry) {
    return named(List.of(entry)).entries().get(0);
  }

  private static List<Document> stored(NamedOutcomes outcomes) {
    return outcomes.entries().stream()
        .map(entry -> entry.toDocument("acme", NOW).append("_id", entry.id()))
        .toList();
  }

  private static LogEntry said(String runId, String evaluator, boolean success, String supersedes) {
    return new LogEntry(
        null,
        "acme:c",
        Part.VERDICT,
        success,
        success ? 1 : 0,
        1,
        evaluator,
        null,
        runId,
        null,
        supersedes,
        null,
        null);
  }
}
