package org.hippocamel.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Figures of the intervals are those of Newcombe (1998), method 10, and of Wilson's formula. */
class UpliftTest {
  @Test
  void share_hasWilsonsInterval() {
    Share share = new Share(148, 15);
    assertEquals(0.1014, share.mean(), 5e-5);
    assertEquals(0.0624, share.low(), 5e-5);
    assertEquals(0.1605, share.high(), 5e-5);
    assertEquals(0, new Share(20, 0).low());
    assertEquals(0.1611, new Share(20, 0).high(), 5e-5);
    assertEquals(1, new Share(0, 0).high() - new Share(0, 0).low());
  }

  @Test
  void uplift_hasNewcombesInterval() {
    Uplift uplift = new Uplift(new Share(70, 56), new Share(80, 48));
    assertEquals(0.2, uplift.mean(), 1e-9);
    assertEquals(0.0524, uplift.low(), 5e-5);
    assertEquals(0.3339, uplift.high(), 5e-5);
    assertTrue(uplift.known());
  }

  @Test
  void uplift_isUnknownWhileOneOfBothHasNoRuns() {
    Uplift uplift =
        Uplift.from(
            List.of(new Document("_id", "learned").append("runs", 3).append("rewards", 2.5)));
    assertEquals(new Share(3, 2.5), uplift.learned());
    assertEquals(new Share(0, 0), uplift.holdout());
    assertFalse(uplift.known());
  }
}
