package org.hippocamel.reembed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.mongodb.client.model.UpdateOneModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How rows are divided, and what is counted of them. */
class SliceLedgerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final SliceLedger ledger =
      new SliceLedger(Duration.ofSeconds(30), 2, Clock.fixed(NOW, ZoneOffset.UTC));

  private static Document row(String id, boolean lacking) {
    return new Document("_id", id).append("lacking", lacking);
  }

  @Test
  void slices_knowHowManyOfTheirRowsLackAVector_andOneWithoutAnyIsDone() {
    SliceLedger.Cut cut = ledger.begin(TestMigrations.migration());
    ledger.cut(cut, List.of(row("a", true), row("b", false), row("c", true)));
    assertEquals("c", cut.last());
    ledger.cut(cut, List.of(row("c", true), row("d", true), row("e", true)));
    ledger.cut(cut, List.of(row("e", false)));
    assertFalse(cut.goesOn());
    List<List<Object>> seen = new ArrayList<>();
    ledger
        .slices(cut)
        .forEach(
            write -> {
              Document update = (Document) ((UpdateOneModel<?>) write).getUpdate();
              Document slice = update.get("$setOnInsert", Document.class);
              seen.add(
                  java.util.Arrays.asList(
                      slice.get("from"), slice.get("to"), slice.get("rows"), slice.get("state")));
            });
    assertEquals(
        List.of(
            java.util.Arrays.asList(null, "c", 1L, "open"),
            List.of("c", "e", 2L, "open"),
            java.util.Arrays.asList("e", null, 0L, "done")),
        seen);
  }

  @Test
  void nothingIsStored_oneSliceIsDone() {
    SliceLedger.Cut cut = ledger.begin(TestMigrations.migration());
    ledger.cut(cut, List.of());
    assertFalse(cut.goesOn());
    assertEquals(1, ledger.slices(cut).size());
  }

  @Test
  void finished_countsWhatAKilledProcessHadStoredAndNotCounted() {
    Slice slice =
        ledger.claimed(
            new Document("_id", "j#0")
                .append("owner", "o")
                .append("job", "j")
                .append("rows", 9)
                .append("done", 4L)
                .append("refused", 2L),
            TestMigrations.NEW);
    Document set = (Document) ledger.finished(slice, new SliceWork.Rest()).get(1);
    assertEquals(new Document("$set", new Document("state", "done").append("done", 7L)), set);
  }

  @Test
  void tally_isProgressOnce_whateverComesAfterIt() {
    Migration migration = TestMigrations.migration();
    ledger.tally(migration, List.of(tally(3, 4, 0)));
    ledger.tally(migration, List.of(tally(2, 6, 1)));
    ledger.tally(migration, List.of(tally(2, 5, 1)));
    migration.expect();
    assertEquals(7, migration.run().progress().count());
    ledger.tally(migration, List.of(tally(0, 9, 1)));
    assertEquals(10, migration.run().progress().count());
    assertFalse(migration.slicesLeft());
  }

  private static Document tally(int open, long done, long refused) {
    return new Document("slices", 3)
        .append("open", open)
        .append("rows", 10)
        .append("done", done)
        .append("refused", refused);
  }

  @Test
  void claim_takesWhatNobodyHas() {
    Document filter = Document.parse(ledger.claim("j").get(0).toBsonDocument().toJson());
    assertEquals(
        Date.from(NOW),
        filter.getList("$and", Document.class).get(2).get("until", Document.class).getDate("$lt"));
  }
}
