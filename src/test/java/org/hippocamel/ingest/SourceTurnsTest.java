package org.hippocamel.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SourceTurnsTest {
  private final SourceTurns turns = new SourceTurns(Duration.ofMillis(20));

  @Test
  void take_refusesASecondVersionAfterThePatience() {
    turns.take("a", "a.md");
    turns.take("b", "b.md");
    Problem problem = assertThrows(Problem.class, () -> turns.take("a", "a.md"));
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals(
        "another version of \"a.md\" is being taken in; send this one again later",
        problem.getMessage());
  }

  @Test
  void take_waitsForTheTurnBefore() throws Exception {
    SourceTurns patient = new SourceTurns(Duration.ofMinutes(1));
    SourceTurns.Turn first = patient.take("a", "a.md");
    CompletableFuture<SourceTurns.Turn> second =
        CompletableFuture.supplyAsync(() -> patient.take("a", "a.md"));
    first.close();
    assertNotNull(second.get(1, TimeUnit.MINUTES));
  }

  @Test
  void close_endsOnlyItsOwnTurn() {
    SourceTurns.Turn first = turns.take("a", "a.md");
    first.close();
    turns.take("a", "a.md");
    first.close();
    assertThrows(Problem.class, () -> turns.take("a", "a.md"));
  }
}
