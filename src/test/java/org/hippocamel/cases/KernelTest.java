package org.hippocamel.cases;

import static org.hippocamel.cases.TestLog.NEVER;
import static org.hippocamel.cases.TestLog.NOW;
import static org.hippocamel.cases.TestLog.PRIOR;
import static org.hippocamel.cases.TestLog.credit;
import static org.hippocamel.cases.TestLog.verdict;
import static org.hippocamel.cases.TestLog.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hippocamel.spaces.Calibration;
import org.junit.jupiter.api.Test;

class KernelTest {
  private static final Kernel KERNEL = new Kernel(new Calibration(0.6, 0.1, 100, 100), 2);
  private static final Place EAST = place(0);
  private static final Place NORTH = place(90);

  @Test
  void nearness_isOneForTheSameProblem_andFallsWithTheDistance() {
    assertEquals(1, KERNEL.of(1));
    assertEquals(Math.exp(-0.5), KERNEL.of(0.8), 1e-12);
    assertEquals(Math.exp(-2), KERNEL.of(0.6), 1e-12);
    assertEquals(1, KERNEL.of(1 + 1e-7), "rounding");
  }

  @Test
  void value_countsWhatHappenedAtProblemsLikeThisOne() {
    List<LogEntry> log = List.of(credit("1", 1, 1, EAST), credit("2", 0, 1, NORTH));
    double far = KERNEL.of(0);
    assertEquals((1 + 1) / (2 + 1 + far), value(EAST, log), 1e-6);
    assertEquals((1 + far) / (2 + 1 + far), value(NORTH, log), 1e-6);
    assertTrue(value(EAST, log) > value(NORTH, log));
  }

  @Test
  void value_isThePriorFarFromAllExperience() {
    assertEquals(0.5, value(NORTH, List.of(credit("1", 1, 1, EAST))), 1e-4);
    assertEquals(0.5, value(EAST, List.of()));
  }

  @Test
  void value_countsVerdictsAtTheCasesOwnProblem() {
    double value = KERNEL.value(EAST, 0.8, List.of(verdict("1", true)), PRIOR, NEVER, NOW);
    assertEquals((1 + KERNEL.of(0.8)) / (2 + KERNEL.of(0.8)), value, 1e-12);
  }

  @Test
  void value_leavesOutWarningsAndWhatWasCorrected_andTakesOtherSpacesForTheCasesOwnPlace() {
    LogEntry wrong = verdict("1", true);
    List<LogEntry> log =
        List.of(
            wrong,
            TestLog.correction("2", wrong, false),
            warning("3", 1, 1),
            credit("4", 1, 1, new Place("another", new float[] {1, 0})));
    assertEquals(2.0 / 4, KERNEL.value(EAST, 1, log, PRIOR, NEVER, NOW), 1e-12);
  }

  @Test
  void places_ofTwoSpacesAreNeverCompared() {
    Place other = new Place("another", new float[] {1, 0});
    assertThrows(IllegalArgumentException.class, () -> EAST.cosine(other));
  }

  private static double value(Place problem, List<LogEntry> log) {
    return KERNEL.value(problem, 0, log, PRIOR, NEVER, NOW);
  }

  private static Place place(int degrees) {
    double angle = Math.toRadians(degrees);
    return new Place("small", new float[] {(float) Math.cos(angle), (float) Math.sin(angle)});
  }
}
