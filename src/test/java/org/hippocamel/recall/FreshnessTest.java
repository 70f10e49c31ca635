package org.hippocamel.recall;

import static org.hippocamel.recall.TestRounds.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
  private final Freshness freshness = new Freshness(1, 10);

  @ParameterizedTest
  @CsvSource({"0, 1", "10, 0.5", "20, 0.25", "5, 0.7071067811865476", "36500, 0", "-3, 1"})
  void share_halvesWithEachHalfLife(int days, double share) {
    assertEquals(share, freshness.share(NOW.minus(Duration.ofDays(days)), NOW), 1e-12);
  }

  @Test
  void share_isNothingForWhatHasNoTime() {
    assertEquals(0, freshness.share(null, NOW));
  }

  @Test
  void ranks_haveNoUnitForIt() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Ranking(Mode.HYBRID, TestRecall.RANKS, freshness, null));
    new Ranking(Mode.VECTOR, TestRecall.RANKS, freshness, null);
  }
}
