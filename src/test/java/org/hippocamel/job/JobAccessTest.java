package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobAccessTest {
  private static final Named JOB = new Named("acme", "7");

  private final JobAccess access = new JobAccess(TestJobs.SETTINGS, new TestJobs.HandClock());

  @Test
  void page_isTheFirst_whenNothingIsAsked() {
    assertEquals(new JobPage(null, null, 50, null, List.of()), access.page("", null, "", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          files |         |      |     | kind must be one of file, evaluation, reembed
          file  | waiting |      |     | state must be one of queued, running, paused, cancelling, cancelled, done, failed
          file  | done    | 0    |     | limit must be a whole number from 1 to 1000
          file  | done    | 1001 |     | limit must be a whole number from 1 to 1000
          file  | done    | 1    | abc | after must be the "next" of the page before
          """)
  void page_refusesWhatItDoesNotKnow(
      String kind, String state, String limit, String after, String message) {
    Problem problem = assertThrows(Problem.class, () -> access.page(kind, state, limit, after));
    assertEquals(ProblemKind.INVALID, problem.kind());
    assertEquals(message, problem.getMessage());
  }

  @Test
  void next_leadsToTheJobAfterTheLastOne() {
    JobPage asked = access.page(null, null, "2", null);
    List<Document> rows = List.of(row("a-1", 30), row("b:2", 20), row("c", 10));
    JobPage page = access.listed(asked, rows);
    assertEquals(2, page.shown().size());
    assertEquals("20-b:2", page.next());
    assertEquals(new JobPage.Place(20, "b:2"), access.page(null, null, "2", page.next()).after());
    assertNull(access.listed(asked, rows.subList(0, 2)).next());
  }

  private static Document row(String id, long millis) {
    return new Document("_id", "acme:" + id).append("created_at", new Date(millis));
  }

  @ParameterizedTest
  @CsvSource({"done, true", "failed, true", "cancelled, false", "cancelling, false"})
  void cancelled_isAConflict_whenTheJobHadEnded(String state, boolean conflict) {
    Document row = TestJobs.taken(JobKind.FILE).append("state", state);
    if (conflict) {
      Problem problem = assertThrows(Problem.class, () -> access.cancelled(row, JOB));
      assertEquals(ProblemKind.CONFLICT, problem.kind());
      assertEquals("job \"7\" is " + state + " and cannot be cancelled", problem.getMessage());
    } else {
      assertEquals(row, access.cancelled(row, JOB));
    }
  }

  @Test
  void paused_isForKindsThatCan() {
    Document file = TestJobs.taken(JobKind.FILE);
    Problem problem = assertThrows(Problem.class, () -> access.paused(file, JOB));
    assertEquals("a job of kind file cannot be paused", problem.getMessage());
    Document reembed = TestJobs.taken(JobKind.REEMBED).append("state", "paused");
    assertEquals(reembed, access.paused(reembed, JOB));
  }

  @Test
  void found_refusesWhatIsNotThere() {
    Problem problem = assertThrows(Problem.class, () -> access.found(List.of(), JOB));
    assertEquals(ProblemKind.NOT_FOUND, problem.kind());
    assertEquals("no job with id \"7\"", problem.getMessage());
  }
}
