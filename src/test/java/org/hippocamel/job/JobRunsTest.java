package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.hippocamel.job.TestJobs.HandClock;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

/** Who holds a job while the store comes and goes. */
class JobRunsTest {
  private static final Document ROW = TestJobs.taken(JobKind.REEMBED);

  private final HandClock clock = new HandClock();
  private final JobRuns runs = new JobRuns(TestJobs.SETTINGS, new JobCounts(), clock);

  private JobRun lost() {
    JobRun run = runs.begin(ROW);
    clock.pass(Duration.ofSeconds(31));
    runs.unheard(run);
    assertTrue(run.lost());
    return run;
  }

  @Test
  void lostRun_isOursAgain_whenTheStoreSaysSo() {
    JobRun run = lost();
    runs.heard(run, ROW);
    assertTrue(run.goesOn());
  }

  @Test
  void lostRun_whoseWorkerHasGone_endsWhenTheStoreIsBack() {
    JobRun run = lost();
    runs.end(run);
    assertFalse(runs.ending(run), "somebody else may have it");
    runs.heard(run, ROW);
    assertTrue(runs.ending(run));
    assertEquals(JobState.QUEUED, JobEnding.state(run));
    runs.closed(run, ROW);
    assertEquals(List.of(), runs.active());
  }

  @Test
  void lostRun_staysLost_whenItsJobHasBegunAnew() {
    JobRun run = lost();
    JobRun anew = runs.begin(ROW);
    runs.end(run);
    runs.heard(run, ROW);
    assertFalse(runs.ending(run));
    assertEquals(List.of(anew), runs.active());
  }

  @Test
  void runWhoseLeaseRanOutUnnoticed_leavesOff_whenItsJobHasBegunAnewHere() {
    JobRun run = runs.begin(ROW);
    JobRun anew = runs.begin(ROW);
    assertFalse(run.goesOn());
    assertTrue(anew.goesOn());
  }

  @Test
  void runOfOtherHands_isForgotten() {
    JobRun run = lost();
    runs.heard(run, null);
    assertTrue(run.lost());
    assertEquals(List.of(), runs.active());
  }

  @Test
  void runThatTheStoreDidNotHearOf_isTakenAgain() {
    JobRun run = runs.begin(ROW);
    Problem away = new Problem(ProblemKind.UNAVAILABLE, "away");
    assertSame(away, assertThrows(Problem.class, () -> runs.notBegun(run, away)));
    assertTrue(runs.ending(run), "the heartbeat tells the store");
    assertEquals(JobState.QUEUED, JobEnding.state(run));
  }
}
