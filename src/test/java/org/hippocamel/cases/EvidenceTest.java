package org.hippocamel.cases;

import static org.hippocamel.cases.TestLog.CLOCK;
import static org.hippocamel.cases.TestLog.NEVER;
import static org.hippocamel.cases.TestLog.NOW;
import static org.hippocamel.cases.TestLog.PRIOR;
import static org.hippocamel.cases.TestLog.credit;
import static org.hippocamel.cases.TestLog.verdict;
import static org.hippocamel.cases.TestLog.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hippocamel.memory.CaseStatus;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private static final Decay YEARLY = new Decay(Duration.ofDays(365));

  @Test
  void value_isThePriorWithoutOutcomes_andMovesByItsWeight() {
    assertEquals(0.5, Evidence.NONE.value(PRIOR, NEVER, NOW));
    assertEquals(2.0 / 3, value(verdict("1", true)));
    assertEquals(1.0 / 3, value(verdict("1", false)));
    assertEquals(4.0 / 5, value(verdict("1", true), verdict("2", true), verdict("3", true)));
    assertEquals((1 + 0.25) / (2 + 0.25), value(credit("1", 1, 0.25)), 1e-12);
    assertEquals((1 + 0.3) / 3, value(verdict("1", false, 0.3, NOW)), 1e-12);
  }

  @Test
  void value_isNotTouchedByWarnings() {
    Evidence evidence = of(verdict("1", false), warning("2", 1, 0.5), warning("3", 0, 0.5));
    assertEquals(1.0 / 3, evidence.value(PRIOR, NEVER, NOW));
    assertEquals(1, evidence.warnings());
    assertEquals(0.5, evidence.heeded());
  }

  @Test
  void value_fadesToThePrior() {
    Evidence evidence = Evidence.of(List.of(verdict("1", true)), YEARLY);
    Instant later = NOW.plus(Duration.ofDays(365));
    assertEquals((1 + 0.5) / (2 + 0.5), evidence.value(PRIOR, YEARLY, later), 1e-12);
    assertEquals(0.5, evidence.value(PRIOR, YEARLY, NOW.plus(Duration.ofDays(36_500))), 1e-12);
  }

  @Test
  void sums_areTakenAtTheLastOutcome_andTellTheSameLater() {
    Instant before = NOW.minus(Duration.ofDays(365));
    List<LogEntry> log = List.of(verdict("1", false, 0, before), verdict("2", true));
    Evidence evidence = Evidence.of(log, YEARLY);
    assertEquals(NOW, evidence.asOf());
    assertEquals(1.5, evidence.uses(), 1e-12);
    assertEquals(1, evidence.wins(), 1e-12);
    Instant later = NOW.plus(Duration.ofDays(365));
    assertEquals((1 + 0.5) / (2 + 0.75), evidence.value(PRIOR, YEARLY, later), 1e-12);
  }

  @Test
  void correction_takesThePlaceOfWhatWasWrong() {
    LogEntry wrong = verdict("1", true);
    LogEntry right = TestLog.correction("2", wrong, false);
    Evidence evidence = of(wrong, right);
    assertEquals(2, evidence.rows());
    assertEquals(1, evidence.verdicts());
    assertEquals(0, evidence.successes());
    LogEntry again = TestLog.correction("3", right, true);
    assertEquals(1, of(wrong, right, again).successes());
  }

  @Test
  void sums_doNotDependOnTheOrderOfTheLog() {
    List<LogEntry> log = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      Instant at = NOW.minusSeconds(random.nextInt(100_000_000));
      log.add(verdict("v" + i, random.nextBoolean(), random.nextDouble(), at));
    }
    Evidence evidence = Evidence.of(log, YEARLY);
    Collections.shuffle(log, random);
    assertEquals(evidence, Evidence.of(log, YEARLY));
  }

  @Test
  void status_isWhatMostVerdictsSay() {
    assertEquals(CaseStatus.PENDING, status());
    assertEquals(CaseStatus.PENDING, status(credit("1", 1, 1)));
    assertEquals(CaseStatus.SUCCESS, status(verdict("1", true)));
    assertEquals(CaseStatus.FAILURE, status(verdict("1", false)));
    assertEquals(CaseStatus.SUCCESS, status(verdict("1", true), verdict("2", false)));
    assertEquals(
        CaseStatus.FAILURE, status(verdict("1", true), verdict("2", false), verdict("3", false)));
  }

  @Test
  void status_ofACaseThatKeepsLosingWhereItIsShownIsQuarantined_notAWarning() {
    List<LogEntry> log = new ArrayList<>(List.of(verdict("v", true)));
    for (int i = 0; i < 4; i++) {
      log.add(credit("c" + i, 0, 1));
    }
    assertEquals(CaseStatus.SUCCESS, status(log.toArray(LogEntry[]::new)), "2 of 7 is 0.29");
    log.add(credit("c4", 0, 1));
    log.add(credit("c5", 0, 1));
    assertEquals(CaseStatus.QUARANTINED, status(log.toArray(LogEntry[]::new)), "2 of 9");
    log.add(verdict("w", true));
    assertEquals(CaseStatus.SUCCESS, status(log.toArray(LogEntry[]::new)), "3 of 10 again");
  }

  @Test
  void reward_isTheMeanOfTheVerdicts() {
    assertNull(of(credit("1", 1, 1)).reward());
    assertEquals(
        0.5, of(verdict("1", true, 0.8, NOW), verdict("2", false, 0.2, NOW)).reward(), 1e-12);
  }

  @Test
  void note_isThatOfTheLastVerdictThatSaysWhy() {
    LogEntry first = verdict("1", false, 0, NOW.minusSeconds(9)).noted("too slow");
    LogEntry second = verdict("2", false, 0, NOW).noted("wrong account");
    assertEquals("wrong account", Evidence.note(List.of(second, first, verdict("3", true))));
    LogEntry corrected = TestLog.correction("4", second, true);
    assertEquals("too slow", Evidence.note(List.of(first, second, corrected)));
    assertNull(Evidence.note(List.of(verdict("1", true))));
  }

  @Test
  void evidence_comesBackFromTheStoreAsItWent() {
    Evidence evidence = of(verdict("1", true), credit("2", 0.25, 0.5), warning("3", 1, 1));
    assertEquals(evidence, Evidence.from(evidence.toDocument()));
    assertEquals(Evidence.NONE, Evidence.from(null));
    assertEquals(Evidence.NONE, Evidence.from(new org.bson.Document("rows", 0)));
  }

  private static Evidence of(LogEntry... log) {
    return Evidence.of(List.of(log), NEVER);
  }

  private static double value(LogEntry... log) {
    return of(log).value(PRIOR, NEVER, NOW);
  }

  private static CaseStatus status(LogEntry... log) {
    return new Judging(TestLog.settings(), CLOCK).status(of(log));
  }
}
