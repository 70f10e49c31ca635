package org.hippocamel.ingest;

import static org.hippocamel.ingest.TestReadings.reading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.memory.Named;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLedgerTest {
  private static final Named SOURCE = new Named("acme", "src");

  private static final Date TODAY = Date.from(TestReadings.NOW);

  private final SourceLedger ledger = new SourceLedger(TestReadings.CLOCK);
  private final Reading reading = reading("handbook/refunds.md", "# Refunds");

  @Test
  void begun_recordsThatTheSourceIsBeingStored() {
    List<Document> update = ledger.begun(reading);
    assertEquals(
        new Document("_id", "acme:" + SourceId.of("acme", "handbook/refunds.md")), update.get(0));
    assertEquals(
        new Document("tenant", "acme")
            .append("uri", "handbook/refunds.md")
            .append("title", "refunds.md")
            .append("version", reading.version())
            .append("passages", 0L)
            .append("failed", 0L)
            .append("status", "storing")
            .append("updated_at", TODAY),
        update.get(1).get("$set"));
    assertEquals(new Document("created_at", TODAY), update.get(1).get("$setOnInsert"));
  }

  @Test
  void ended_countsWhatIsStored() {
    reading.report().add(2, 3, 4);
    Document set = ledger.ended(reading).get(1).get("$set", Document.class);
    assertEquals("stored", set.get("status"));
    assertEquals(9L, set.get("passages"));
  }

  @Test
  void ended_isFailed_whenAnythingIsNotStored() {
    reading.report().add(1, 0, 0);
    reading.report().addFailure(3, 2L, "why");
    Document set = ledger.ended(reading).get(1).get("$set", Document.class);
    assertEquals("failed", set.get("status"));
    assertEquals(1L, set.get("failed"));
  }

  @Test
  void surplus_isWhatThePresentVersionDoesNotHave_ofThisTenantAlone() {
    assertEquals(
        new Document("source.id", reading.sourceId())
            .append("tenant", "acme")
            .append("source.version", new Document("$ne", reading.version())),
        ledger.surplus(reading));
    assertEquals(
        new Document("source.id", "src").append("tenant", "acme"), ledger.passagesOf(SOURCE));
  }

  @Test
  void deleted_refusesWhatWasNotThere() {
    ledger.deleted(1L, SOURCE);
    for (Long none : new Long[] {0L, null}) {
      Problem problem = assertThrows(Problem.class, () -> ledger.deleted(none, SOURCE));
      assertEquals(ProblemKind.NOT_FOUND, problem.kind());
      assertEquals("no source with id \"src\"", problem.getMessage());
    }
  }

  @Test
  void page_hasDefaults() {
    assertEquals(new SourcePage(50, "", List.of()), ledger.page(null, null));
    assertEquals(new SourcePage(50, "", List.of()), ledger.page("", ""));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1000, 1000", "0007, 7"})
  void page_readsItsLimit(String limit, int size) {
    assertEquals(new SourcePage(size, "src", List.of()), ledger.page(limit, "src"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "ten", "1.5", "10000", "99999999999", " ", "٣"})
  void page_refusesAnotherLimit(String limit) {
    Problem problem = assertThrows(Problem.class, () -> ledger.page(limit, null));
    assertEquals(
        List.of(new FieldError("/limit", "limit must be a whole number from 1 to 1000")),
        problem.errors());
  }

  @Test
  void listPipeline_asksForOneMoreThanThePageHolds() {
    assertEquals(
        List.of(
            new Document("$match", new Document("tenant", "acme")),
            new Document("$sort", new Document("_id", 1)),
            new Document("$limit", 51)),
        ledger.listPipeline("acme", ledger.page(null, null)));
  }

  @Test
  void listPipeline_goesOnAfterTheLastId_withinTheTenant() {
    assertEquals(
        new Document(
            "$match",
            new Document("tenant", "acme").append("_id", new Document("$gt", "acme:src"))),
        ledger.listPipeline("acme", ledger.page("2", "src")).get(0));
  }

  @Test
  void listed_keepsTheExtraRowToItself() {
    SourcePage page = ledger.page("2", null);
    List<Document> rows =
        IntStream.range(0, 3).mapToObj(i -> new Document("_id", "acme:" + i)).toList();
    SourcePage more = ledger.listed(page, rows);
    assertTrue(more.more());
    assertEquals(rows.subList(0, 2), more.shown());
    SourcePage last = ledger.listed(page, rows.subList(0, 2));
    assertFalse(last.more());
    assertEquals(rows.subList(0, 2), last.shown());
  }
}
