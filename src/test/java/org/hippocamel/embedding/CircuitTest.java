package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CircuitTest {
  private static final Problem UNHEARD = new Problem(ProblemKind.UNAVAILABLE, "not asked yet");
  private static final Problem LOST = new Problem(ProblemKind.UNAVAILABLE, "gone");
  private static final OptionalInt NOTHING = OptionalInt.empty();

  /** It may well be negative. */
  private final AtomicLong now = new AtomicLong(-5);

  private final Circuit circuit = circuit(Duration.ofMillis(160));

  private Circuit circuit(Duration longestPause) {
    return new Circuit(2, Duration.ofSeconds(15), longestPause, now::get, UNHEARD);
  }

  @Test
  void isOpen_untilItWasHeard() {
    assertFalse(circuit.closed());
    assertTrue(circuit.due());
    assertSame(UNHEARD, circuit.obstacle().orElseThrow());
    assertTrue(circuit.heard());
    assertTrue(circuit.closed());
    assertTrue(circuit.obstacle().isEmpty());
    assertFalse(circuit.heard());
  }

  @Test
  void isDue_whenNotHeardForAWhile() {
    circuit.heard();
    assertFalse(circuit.due());
    pass(14_999);
    assertFalse(circuit.due());
    pass(1);
    assertTrue(circuit.due());
  }

  @Test
  void opens_afterLostCallsInARow() {
    circuit.heard();
    assertFalse(circuit.failed(LOST, NOTHING));
    circuit.answered();
    assertFalse(circuit.failed(LOST, NOTHING));
    assertTrue(circuit.failed(LOST, NOTHING));
    assertTrue(circuit.leaveOut(LOST));
    assertFalse(circuit.leaveOut(LOST));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"UNAVAILABLE", "TIMEOUT"},
      mode = EnumSource.Mode.EXCLUDE)
  void anAnswerOfAnyKind_endsTheRow(ProblemKind kind) {
    circuit.heard();
    circuit.failed(LOST, NOTHING);
    assertFalse(circuit.failed(new Problem(kind, "no"), OptionalInt.of(424)));
    assertFalse(circuit.failed(LOST, NOTHING));
  }

  @Test
  void opens_atOnceForWhatEveryCallWouldMeet() {
    circuit.heard();
    Problem refused = new Problem(ProblemKind.EMBEDDER_FAILED, "401");
    assertFalse(circuit.failed(refused, NOTHING));
    assertTrue(circuit.failed(refused, OptionalInt.of(401)));
  }

  @Test
  void isOnTrial_afterItWasLeftOutForItsCalls_andLookedAtMoreSeldom() {
    circuit.heard();
    circuit.failed(LOST, NOTHING);
    for (int pause : new int[] {10, 20, 40, 80, 160, 160}) {
      assertTrue(circuit.failed(LOST, NOTHING));
      circuit.leaveOut(LOST);
      pass(pause - 1);
      assertFalse(circuit.due());
      pass(1);
      assertTrue(circuit.due());
      circuit.heard();
    }
    circuit.answered();
    assertFalse(circuit.failed(LOST, NOTHING));
  }

  @Test
  void withoutPause_isAlwaysDueAndBeginsAnew() {
    Circuit plain = circuit(Duration.ZERO);
    plain.heard();
    plain.failed(LOST, NOTHING);
    plain.failed(LOST, NOTHING);
    plain.leaveOut(LOST);
    assertTrue(plain.due());
    plain.heard();
    assertFalse(plain.failed(LOST, NOTHING));
    assertTrue(plain.failed(LOST, NOTHING));
  }

  private void pass(long millis) {
    now.addAndGet(Duration.ofMillis(millis).toNanos());
  }
}
