package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way a worker can leave, in every state that callers can have brought the job to. */
class JobEndingTest {
  @ParameterizedTest
  @CsvSource({
    "RUNNING,    finished,    DONE",
    "RUNNING,    left,        QUEUED",
    "RUNNING,    UNAVAILABLE, QUEUED",
    "RUNNING,    INVALID,     FAILED",
    "RUNNING,    both,        FAILED",
    "QUEUED,     left,        QUEUED",
    "PAUSED,     finished,    DONE",
    "PAUSED,     left,        PAUSED",
    "PAUSED,     UNAVAILABLE, PAUSED",
    "PAUSED,     INVALID,     FAILED",
    "CANCELLING, finished,    DONE",
    "CANCELLING, left,        CANCELLED",
    "CANCELLING, UNAVAILABLE, CANCELLED",
    "CANCELLING, INVALID,     CANCELLED",
  })
  void state_followsFromBoth(JobState told, String how, JobState expected) {
    JobRun run = TestJobs.run(JobKind.REEMBED);
    run.told(told, TestJobs.NOON);
    if (how.equals("finished") || how.equals("both")) {
      run.finish(new Document());
    }
    if (how.equals("both")) {
      run.fail(new Problem(ProblemKind.INVALID, "in part"));
    } else if (how.equals(how.toUpperCase())) {
      run.fail(new Problem(ProblemKind.valueOf(how), "why"));
      String reason = expected == JobState.CANCELLED ? null : "why";
      assertEquals(reason, JobEnding.reason(run));
    }
    assertEquals(expected, JobEnding.state(run));
    boolean waits = how.equals("UNAVAILABLE");
    assertEquals(waits, JobEnding.waits(run));
  }

  @ParameterizedTest
  @CsvSource({"QUEUED, true", "RUNNING, true", "PAUSED, false", "CANCELLING, false"})
  void run_goesOnAsCallersWantIt(JobState told, boolean goesOn) {
    JobRun run = TestJobs.run(JobKind.REEMBED);
    run.told(told, TestJobs.NOON);
    assertEquals(goesOn, run.goesOn());
  }

  @ParameterizedTest
  @CsvSource({"30, true", "31, false"})
  void run_isLost_whenTheStoreIsSilentForALease(int seconds, boolean goesOn) {
    JobRun run = TestJobs.run(JobKind.FILE);
    run.unheard(TestJobs.NOON.plusSeconds(seconds));
    assertEquals(goesOn, run.goesOn());
    assertTrue(JobRun.unwatched().goesOn());
    assertFalse(JobRun.unwatched().watched());
  }
}
