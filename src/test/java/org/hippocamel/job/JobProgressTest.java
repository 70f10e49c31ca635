package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.job.JobCounts.Outcome;
import org.junit.jupiter.api.Test;

class JobProgressTest {
  private static final Instant NOON = TestJobs.NOON;

  private final JobCounts counts = new JobCounts();
  private final JobProgress progress = new JobProgress(JobKind.FILE, null, counts);

  private Document after(int seconds) {
    return progress.toDocument(NOON.plusSeconds(seconds));
  }

  @Test
  void toDocument_countsEachItemOnce_alsoForTheMetrics() {
    progress.expect(100);
    progress.did(7);
    progress.skipped(2);
    progress.failed(1, "line 3: text is missing");
    Document row = after(0);
    assertEquals(100L, row.get("total"));
    assertEquals(7L, row.get("done"));
    assertEquals(2L, row.get("skipped"));
    assertEquals(1L, row.get("failed"));
    assertEquals(List.of("line 3: text is missing"), row.get("errors"));
    assertEquals(10, progress.count());
    assertEquals(7, counts.items(JobKind.FILE, Outcome.DONE));
    assertEquals(1, counts.items(JobKind.FILE, Outcome.FAILED));
    assertEquals(0, counts.items(JobKind.EVALUATION, Outcome.DONE));
  }

  @Test
  void total_isUnknownUntilSomebodyKnowsIt() {
    progress.did(5);
    assertNull(after(0).get("total"));
    assertNull(after(1).get("eta"));
  }

  @Test
  void rate_isThatOfTheLastHalfMinute_andTellsTheEnd() {
    progress.expect(1_000);
    assertEquals(0.0, after(0).get("rate"), "one moment tells no rate");
    progress.did(100);
    Document row = after(10);
    assertEquals(10.0, row.get("rate"));
    assertEquals(Date.from(NOON.plusSeconds(10 + 90)), row.get("eta"));
    for (int i = 1; i <= 4; i++) {
      progress.did(10);
      row = after(10 + 10 * i);
    }
    assertEquals(1.0, row.get("rate"), "of 10 to 50 s the last 40 or 30 count");
  }

  @Test
  void eta_isGoneWhenAllIsDone() {
    progress.expect(10);
    after(0);
    progress.did(10);
    assertNull(after(5).get("eta"));
  }

  @Test
  void errors_areBounded_andShortened() {
    for (int i = 0; i < 50; i++) {
      progress.failed(1, "x".repeat(1_000));
    }
    List<String> errors = after(0).getList("errors", String.class);
    assertEquals(20, errors.size());
    assertEquals(303, errors.get(0).length());
    assertEquals(50L, after(0).get("failed"));
  }

  @Test
  void save_keepsTheCountsOfItsMoment_whichTheNextRunBeginsWith() {
    progress.did(5);
    progress.save(new Document("after", "m"));
    progress.did(3);
    Document row = after(0);
    assertEquals(8L, row.get("done"));
    assertEquals(1, row.get("attempts"), "it got somewhere");
    JobProgress next =
        new JobProgress(JobKind.REEMBED, row.get("checkpoint", Document.class), counts);
    assertEquals(5, next.count());
    assertFalse(next.toDocument(NOON).containsKey("checkpoint"), "nothing saved yet");
  }
}
