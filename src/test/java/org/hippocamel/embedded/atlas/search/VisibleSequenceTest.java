package org.hippocamel.embedded.atlas.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VisibleSequenceTest {
  private static final long MILLI = 1_000_000;

  @Test
  void at_neverShowsAChangeBeforeItsDelay() {
    VisibleSequence visible = new VisibleSequence(Duration.ofMillis(160), 5);
    visible.committed(6, 1000 * MILLI);
    visible.committed(7, 1009 * MILLI);
    visible.committed(8, 1011 * MILLI);
    assertEquals(5, visible.at(1169 * MILLI));
    assertEquals(7, visible.at(1170 * MILLI));
    assertEquals(7, visible.at(1180 * MILLI));
    assertEquals(8, visible.at(1181 * MILLI));
    assertEquals(8, visible.at(5000 * MILLI));
  }
}
