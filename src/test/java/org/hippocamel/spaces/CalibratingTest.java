package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.bson.BinaryVector;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class CalibratingTest {
  private static final double EXACT = 1e-9;

  private final ActiveSpace space = TestSpaces.active(TestSpaces.small());
  private static final Space SPACE = TestSpaces.small();
  private final Calibrating calibrating = new Calibrating(space);

  @Test
  void calibration_isMeanAndDeviationOverAllPairs() {
    // Half of them along x, half along y: of 64 x 63 / 2 pairs, 2 x (32 x 31 / 2) have cosine 1.
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      rows.add(row("h" + i, i % 2 == 0 ? new float[] {2, 0, 0} : new float[] {0, 1, 0}));
    }
    Calibration measured = calibrating.calibration(SPACE, rows, 1_000);
    double mean = 992 / 2016.0;
    assertEquals(mean, measured.mean(), EXACT);
    assertEquals(Math.sqrt(mean * (1 - mean)), measured.deviation(), EXACT);
    assertEquals(64, measured.texts());
    assertEquals(1_000, measured.memories());
    assertEquals(1, measured.standardised(measured.mean() + measured.deviation()), EXACT);
  }

  @Test
  void calibration_isAssumedForAFewTexts() {
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row("h" + i % 63, new float[] {1, 0, 0})); // a hash twice is one text
    }
    assertEquals(new Calibration(0.6, 0.075, 0, 100), calibrating.calibration(SPACE, rows, 100));
    assertEquals(0, calibrating.calibration(SPACE, List.of(), 0).texts());
  }

  @Test
  void calibration_ofTextsThatAreAllAlike_keepsALeastDeviation() {
    List<Document> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      rows.add(row("h" + i, new float[] {1, 0, 0}));
    }
    assertEquals(0.01, calibrating.calibration(SPACE, rows, 64).deviation(), EXACT);
  }

  @Test
  void calibration_leavesRowsOfAnotherSpaceOut() {
    Document other = new Document("hash", "h").append("vectors", new Document("other-3", "x"));
    assertEquals(
        0, calibrating.calibration(SPACE, List.of(other, new Document("hash", "i")), 2).texts());
  }

  @Test
  void due_isAnotherNumberOfMemories_onceThereIsASpace() {
    assertFalse(new Calibrating(new ActiveSpace()).due(null, 5));
    assertFalse(calibrating.due(SPACE, 0));
    assertTrue(calibrating.due(SPACE, 5));
    Calibration five = calibrating.calibration(SPACE, List.of(), 5);
    assertSame(five, calibrating.open(SPACE, five));
    assertFalse(calibrating.due(SPACE, 5));
    assertTrue(calibrating.due(SPACE, 4));
    assertEquals(7, calibrating.memories(new Document("n", 7).append("ok", 1.0)));
  }

  @Test
  void sets_areLeftOutOfEverybodysSample_andHaveTheirOwn() {
    Document everybody = (Document) calibrating.samplePipeline(SPACE, null).get(0);
    assertEquals(new Document("$lt", "~"), everybody.get("$match", Document.class).get("tenant"));
    Document own = (Document) calibrating.samplePipeline(SPACE, "~7").get(0);
    assertEquals("~7", own.get("$match", Document.class).get("tenant"));
    Calibration live = new Calibration(0.5, 0.1, 256, 300);
    Calibration set = new Calibration(0.7, 0.2, 256, 0);
    calibrating.open(SPACE, live);
    calibrating.openSet(SPACE, "~7", set);
    assertSame(set, space.calibration(SPACE.id(), "~7"));
    assertSame(live, space.calibration(SPACE.id(), "acme"));
    assertSame(live, space.calibration(SPACE.id(), "~8"));
    space.forget("~7");
    assertSame(live, space.calibration(SPACE.id(), "~7"));
  }

  private static Document row(String hash, float[] vector) {
    return new Document("hash", hash)
        .append("vectors", new Document("m-3", BinaryVector.floatVector(vector)));
  }
}
