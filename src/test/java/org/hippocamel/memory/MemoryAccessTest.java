package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class MemoryAccessTest {
  private static final Named X = new Named("acme", "x");

  private final MemoryAccess access = new MemoryAccess();

  @Test
  void pipeline_findsTheRowOfTheTenantAlone_withoutVectors() {
    assertEquals(
        List.of(
            new Document("$match", new Document("_id", "acme:other:x")),
            new Document("$unset", List.of("vectors"))),
        access.pipeline(new Named("acme", "other:x")));
  }

  @Test
  void found_isTheRow() {
    Document row = new Document("_id", "acme:x");
    assertSame(row, access.found(List.of(row), X));
  }

  @Test
  void found_namesTheIdThatIsNotThere() {
    Problem problem = assertThrows(Problem.class, () -> access.found(List.of(), X));
    assertEquals(ProblemKind.NOT_FOUND, problem.kind());
    assertEquals("no memory with id \"x\"", problem.getMessage());
  }

  @Test
  void found_shortensALongId() {
    Problem problem =
        assertThrows(
            Problem.class, () -> access.found(List.of(), new Named("acme", "x".repeat(200))));
    assertEquals("no memory with id \"" + "x".repeat(80) + "...\"", problem.getMessage());
  }

  @Test
  void deleted_refusesWhatWasNotThere() {
    access.deleted(1L, X);
    assertEquals(
        "no memory with id \"x\"",
        assertThrows(Problem.class, () -> access.deleted(0L, X)).getMessage());
    assertThrows(Problem.class, () -> access.deleted(null, X));
  }
}
