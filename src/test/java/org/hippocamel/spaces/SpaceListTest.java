package org.hippocamel.spaces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SpaceListTest {
  private static final Space OLD = TestSpaces.small();
  private static final Space NEW = new Space("n-4", "acme/n", null, "mean", 4, "", "");

  @Test
  void of_anEarlierVersionsRow_takesTheOneThatSaysItIsActive() {
    SpaceList list = SpaceList.of(List.of(row(OLD, "active", 1)));
    assertEquals("m-3", list.active());
    assertEquals(0, list.epoch());
    assertEquals(SpaceState.READY, list.all().get(0).state());
  }

  @Test
  void of_aNewStore_hasNone() {
    SpaceList list = SpaceList.of(List.of());
    assertNull(list.active());
    assertTrue(list.activeSpace().isEmpty());
  }

  @Test
  void of_twoSpaces_believesTheRowThatNamesTheActiveOne() {
    SpaceList list = SpaceList.of(rows("n-4", 2, row(OLD, "active", 1), row(NEW, "ready", 2)));
    assertEquals(NEW, list.activeSpace().orElseThrow());
    assertEquals("m-3", list.previous());
    assertEquals("m-3 (ready), n-4 (active)", list.describe());
    assertEquals(List.of(NEW, OLD), list.living());
  }

  @Test
  void living_leavesRetiredOnesOut() {
    SpaceList list = SpaceList.of(rows("n-4", 2, row(OLD, "retired", 1), row(NEW, "ready", 2)));
    assertEquals(List.of(NEW), list.living());
  }

  @Test
  void follow_ignoresWhatWasBeforeASwitch() {
    ActiveSpace active = new ActiveSpace();
    active.set(OLD);
    assertTrue(
        active.follow(SpaceList.of(rows("n-4", 2, row(OLD, "ready", 1), row(NEW, "ready", 2)))));
    assertEquals(NEW, active.get());
    assertFalse(active.follow(SpaceList.of(rows("m-3", 1, row(OLD, "ready", 1)))));
    assertEquals(NEW, active.get());
  }

  @Test
  void named_givesCompleteSpacesAlone_andSaysWhichThereAre() {
    ActiveSpace active = new ActiveSpace();
    active.follow(SpaceList.of(rows("m-3", 1, row(OLD, "ready", 1), row(NEW, "building", 2))));
    assertEquals(OLD, active.named(null));
    assertEquals(OLD, active.named("m-3"));
    Problem building = assertThrows(Problem.class, () -> active.named("n-4"));
    assertEquals(ProblemKind.CONFLICT, building.kind());
    assertEquals(
        "space \"n-4\" is being built: it would be searched before all memories are in it; these"
            + " are: m-3 (active), n-4 (building)",
        building.getMessage());
    Problem unknown = assertThrows(Problem.class, () -> active.named("x"));
    assertEquals(ProblemKind.INVALID, unknown.kind());
    active.follow(SpaceList.of(rows("m-3", 1, row(OLD, "ready", 1), row(NEW, "ready", 2))));
    assertEquals(NEW, active.named("n-4"));
  }

  @Test
  void calibration_ofAnotherSpaceIsTheRecordedOne() {
    Calibration measured = new Calibration(0.1, 0.2, 256, 9);
    Document other = row(NEW, "ready", 2).append("calibration", measured.toDocument());
    ActiveSpace active = new ActiveSpace();
    active.follow(SpaceList.of(rows("m-3", 1, row(OLD, "ready", 1), other)));
    assertEquals(measured, active.calibration("n-4"));
    assertEquals(Calibration.ASSUMED, active.calibration());
  }

  static Document row(Space space, String state, int day) {
    return space
        .toDocument()
        .append("state", state)
        .append("created_at", new Date(day * 86_400_000L));
  }

  static List<Document> rows(String active, long epoch, Document... spaces) {
    List<Document> rows = new ArrayList<>(List.of(spaces));
    rows.add(
        new Document("_id", "~active")
            .append("space", active)
            .append("previous", "m-3")
            .append("epoch", epoch));
    return rows;
  }
}
