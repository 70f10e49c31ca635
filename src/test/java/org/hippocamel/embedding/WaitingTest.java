package org.hippocamel.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final AtomicLong nanos = new AtomicLong(100);
  private final Waiting waiting = new Waiting(nanos::get);

  @Test
  void oldest_isTheOneWhoCameFirst_untilHeLeaves() {
    Asked first = asked(Lane.QUERY, "a");
    Asked second = asked(Lane.QUERY, "b", "c");
    waiting.enter(first, 10);
    nanos.set(130);
    waiting.enter(second, 10);
    nanos.set(150);
    assertEquals(50, waiting.oldestNanos(Lane.QUERY));
    assertEquals(3, waiting.texts(Lane.QUERY));
    assertEquals(0, waiting.oldestNanos(Lane.INGEST));
    waiting.leave(first);
    assertEquals(20, waiting.oldestNanos(Lane.QUERY));
    waiting.leave(second);
    assertEquals(0, waiting.oldestNanos(Lane.QUERY));
    assertEquals(0, waiting.texts(Lane.QUERY));
  }

  @Test
  void enter_refusesWhoWouldBeTooMany_butNeverTheOnlyOne() {
    assertEquals(-1, waiting.enter(asked(Lane.QUERY, "a", "b", "c"), 2));
    assertEquals(3, waiting.enter(asked(Lane.QUERY, "d"), 2));
    assertEquals(3, waiting.texts(Lane.QUERY));
    assertEquals(-1, waiting.enter(asked(Lane.INGEST, "d"), 2), "lanes are counted apart");
  }

  @Test
  void tell_hearsOfEveryWait_butNotOfWhatTheCacheAnswered() {
    List<String> heard = new ArrayList<>();
    waiting.tell((lane, waited) -> heard.add(lane + " " + waited));
    Asked cached = asked(Lane.QUERY);
    Asked asked = asked(Lane.INGEST, "a");
    waiting.enter(cached, 10);
    waiting.enter(asked, 10);
    nanos.set(107);
    waiting.leave(cached);
    waiting.leave(asked);
    assertEquals(List.of("INGEST 7"), heard);
  }

  private static Asked asked(Lane lane, String... missing) {
    List<String> texts = List.of(missing);
    return new Asked(new EmbedRequest(texts, lane), null, "space", Map.of(), texts, List.of());
  }
}
