package org.hippocamel.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.memory.Named;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  private static final Named JOB = new Named("acme", "7");

  private final JobWatch watch = new JobWatch(2);

  private static final class Notes implements JobWatch.Watcher {
    private final List<String> told = new ArrayList<>();

    @Override
    public void see(Document row) {
      told.add(row.getString("state"));
    }

    @Override
    public void miss() {
      told.add("missing");
    }
  }

  @Test
  void seen_showsEverybodyHisOwnJob() {
    Notes one = new Notes();
    Notes other = new Notes();
    watch.add(JOB, one);
    watch.add(new Named("beta", "7"), other);
    Set<String> watched = watch.watched();
    assertEquals(Set.of("acme:7", "beta:7"), watched);
    watch.seen(watched, List.of(TestJobs.taken(JobKind.FILE)));
    assertEquals(List.of("queued"), one.told);
    assertEquals(List.of("missing"), other.told);
  }

  @Test
  void seen_saysNothingToWhomNobodyAskedFor() {
    Notes late = new Notes();
    Set<String> before = watch.watched();
    watch.add(JOB, late);
    watch.seen(before, List.of());
    assertEquals(List.of(), late.told);
  }

  @Test
  void add_isBounded_andRemoveMakesRoomOnce() {
    Notes one = new Notes();
    assertTrue(watch.add(JOB, one));
    assertTrue(watch.add(JOB, new Notes()));
    assertFalse(watch.add(JOB, new Notes()));
    watch.remove(JOB, one);
    watch.remove(JOB, one);
    assertTrue(watch.add(JOB, new Notes()));
    assertFalse(watch.add(JOB, new Notes()));
  }
}
