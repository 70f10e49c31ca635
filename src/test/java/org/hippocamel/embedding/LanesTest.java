package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final AtomicLong now = EmbedSettings.clock();
  private final CurrentLimits limits = EmbedSettings.limits();
  private final Lanes lanes = new Lanes(limits, now::get);
  private final List<Integer> told = new ArrayList<>();

  @Test
  void slots_areThoseOfTheLimitsWhileNobodyWaits() {
    assertEquals(2, lanes.slots(Lane.QUERY));
    assertEquals(4, lanes.slots(Lane.INGEST));
  }

  @Test
  void slots_ofIngestAreFewerBesideQueries_andComeBackWhenTheyEnd() {
    lanes.tell(Lane.INGEST, told::add);
    lanes.asked(Lane.QUERY);
    assertEquals(2, lanes.slots(Lane.INGEST));
    assertEquals(2, lanes.slots(Lane.QUERY));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(999));
    assertEquals(2, lanes.slots(Lane.INGEST));
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
    assertEquals(4, lanes.slots(Lane.INGEST));
    assertEquals(List.of(4, 2, 4), told);
  }

  @Test
  void slots_doNotCareForBulkWork() {
    lanes.asked(Lane.INGEST);
    assertEquals(4, lanes.slots(Lane.INGEST));
  }

  @Test
  void tell_followsTheLimits() {
    lanes.tell(Lane.INGEST, told::add);
    limits.follow(List.of(EmbedSettings.info(512, 32), EmbedSettings.info(512, 32)));
    limits.follow(List.of(EmbedSettings.info(512, 32), EmbedSettings.info(512, 32)));
    assertEquals(List.of(4, 8), told);
  }
}
