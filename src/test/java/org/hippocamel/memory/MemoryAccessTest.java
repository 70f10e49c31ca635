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
  private final MemoryAccess access = new MemoryAccess();

  @Test
  void pipeline_findsTheRowOfTheTenantAlone_withoutVectors() {
    assertEquals(
        List.of(
            new Document("$match", new Document("_id", "acme:other:x")),
            new Document("$unset", List.of("vectors"))),
        access.pipeline("acme", "other:x"));
  }

  @Test
  void found_isTheRow() {
    Document row = new Document("_id", "acme:x");
    assertSame(row, access.found(List.of(row), "x"));
  }

  @Test
  void found_namesTheIdThatIsNotThere() {
    Problem problem = assertThrows(Problem.class, () -> access.found(List.of(), "x"));
    assertEquals(ProblemKind.NOT_FOUND, problem.kind());
    assertEquals("no memory with id \"x\"", problem.getMessage());
  }

  @Test
  void found_shortensALongId() {
    Problem problem = assertThrows(Problem.class, () -> access.found(List.of(), "x".repeat(200)));
    assertEquals("no memory with id \"" + "x".repeat(80) + "...\"", problem.getMessage());
  }

  @Test
  void deleted_refusesWhatWasNotThere() {
    access.deleted(1L, "x");
    assertEquals(
        "no memory with id \"x\"",
        assertThrows(Problem.class, () -> access.deleted(0L, "x")).getMessage());
    assertThrows(Problem.class, () -> access.deleted(null, "x"));
  }
}
