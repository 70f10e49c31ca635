package org.hippocamel.reembed;

import static org.hippocamel.reembed.TestMigrations.NEW;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.job.JobRequest;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class OrderingTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final Ordering ordering = new Ordering(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void ids_areNeverTheSame_evenWhenEarlierJobsAreForgotten() {
    JobRequest one = ordering.retire("acme", NEW, List.of());
    assertNotEquals(one.id(), ordering.retire("acme", NEW, List.of()).id());
    assertTrue(one.id().startsWith("retire-n-2-"), one.id());
  }

  @Test
  void anOrderIsRefused_whileAJobIsAtTheSpaces_andNotWhenItHasEnded() {
    List<Document> running = List.of(job("acme:j", "running"));
    Problem busy = assertThrows(Problem.class, () -> ordering.retire("acme", NEW, running));
    assertEquals(ProblemKind.CONFLICT, busy.kind());
    assertTrue(busy.getMessage().startsWith("job j is at the spaces already, it is running"));
    assertDoesNotThrow(() -> ordering.retire("acme", NEW, List.of(job("acme:j", "done"))));
  }

  @Test
  void ofTwoOrdersAtOnce_theSecondIsRefused_unlessTheFirstWasNeverMade() {
    JobRequest mine = ordering.retire("acme", NEW, List.of());
    Document fresh = last("acme:j", NOW.minusSeconds(2));
    assertThrows(Problem.class, () -> ordering.taken(mine, fresh, List.of()));
    assertDoesNotThrow(() -> ordering.taken(mine, fresh, List.of(job("acme:j", "done"))));
    assertDoesNotThrow(() -> ordering.taken(mine, last("acme:j", NOW.minusSeconds(61)), List.of()));
    assertDoesNotThrow(() -> ordering.taken(mine, new Document(), List.of()));
    Problem late = assertThrows(Problem.class, () -> ordering.made(null, mine));
    assertEquals(ProblemKind.CONFLICT, late.kind());
    assertEquals(mine, ordering.made(new Document(), mine));
  }

  private static Document job(String key, String state) {
    return new Document("_id", key).append("state", state);
  }

  private static Document last(String key, Instant at) {
    return new Document("job", key).append("job_at", Date.from(at));
  }
}
