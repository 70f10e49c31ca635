package org.hippocamel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.BulkWriteUpsert;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.client.model.UpdateOneModel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.hippocamel.batching.Batch;
import org.hippocamel.batching.Gate;
import org.hippocamel.batching.TestBatches;
import org.hippocamel.batching.Ticket;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class BulkUpsertTest {
  private static final ServerAddress STORE = new ServerAddress("127.0.0.1", 27017);

  private final Gate<Upserts, List<Outcome>> gate =
      new Gate<>(Upserts::size, Upserts::bytes, Duration.ofMinutes(1), "late", Runnable::run);
  private final Ticket<Upserts, List<Outcome>> one = gate.ticket(upserts("a"));
  private final Ticket<Upserts, List<Outcome>> many = gate.ticket(upserts("b", "c", "d"));
  private final Batch<Upserts, List<Outcome>> batch = TestBatches.of(one, many);
  private final BulkUpsert bulk = new BulkUpsert();

  @Test
  void models_standCallerAfterCaller() {
    assertEquals(
        List.of("a", "b", "c", "d"),
        bulk.models(batch).stream()
            .map(model -> ((UpdateOneModel<Document>) model).getFilter())
            .map(filter -> ((Document) filter).getString("_id"))
            .toList());
  }

  @Test
  void keep_tellsEachCallerWhichRowsAreNew() {
    bulk.keep(batch, result(0, 3));
    assertEquals(List.of(new Outcome(true, null)), gate.answer(one).join());
    assertEquals(
        List.of(new Outcome(false, null), new Outcome(false, null), new Outcome(true, null)),
        gate.answer(many).join());
  }

  @Test
  void refuse_failsTheRefusedRowsAlone() {
    bulk.refuse(batch, new RuntimeException(partial(null)));
    assertEquals(List.of(new Outcome(true, null)), gate.answer(one).join());
    List<Outcome> outcomes = gate.answer(many).join();
    assertEquals(new Outcome(false, null), outcomes.get(0));
    assertEquals(ProblemKind.STORE_FAILED, outcomes.get(1).refusal().kind());
    assertEquals("the store refused to write it: code 121", outcomes.get(1).refusal().getMessage());
    assertEquals(new Outcome(true, null), outcomes.get(2));
  }

  @Test
  void refuse_failsEveryCaller_whenTheMajorityDidNotConfirm() {
    bulk.refuse(batch, partial(new WriteConcernError(64, "w", "no majority", new BsonDocument())));
    for (Ticket<Upserts, List<Outcome>> ticket : List.of(one, many)) {
      Problem problem = problem(gate.answer(ticket));
      assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
      assertTrue(problem.getMessage().contains("did not confirm"), problem.getMessage());
    }
  }

  @Test
  void refuse_failsEveryCaller_whenTheStoreIsAway() {
    bulk.refuse(batch, new MongoTimeoutException("no server"));
    assertEquals(ProblemKind.UNAVAILABLE, problem(gate.answer(one)).kind());
    assertEquals(ProblemKind.UNAVAILABLE, problem(gate.answer(many)).kind());
  }

  @Test
  void upsert_knowsItsSizeInTheStore() {
    Upsert small = upserts("a").rows().get(0);
    assertTrue(small.fits());
    Upsert large = upsert("a", "x".repeat(Upsert.LARGEST));
    assertTrue(!large.fits());
    assertTrue(large.bytes() > small.bytes() + Upsert.LARGEST - 100);
  }

  private static MongoBulkWriteException partial(WriteConcernError unconfirmed) {
    BsonDocument secret = new BsonDocument("secret", new BsonString("document"));
    return new MongoBulkWriteException(
        result(0, 3),
        List.of(new BulkWriteError(121, "a secret document", secret, 2)),
        unconfirmed,
        STORE,
        Set.of());
  }

  private static BulkWriteResult result(int... created) {
    List<BulkWriteUpsert> upserts =
        IntStream.of(created).mapToObj(i -> new BulkWriteUpsert(i, new BsonString(""))).toList();
    return BulkWriteResult.acknowledged(0, 4 - created.length, 0, 0, upserts, List.of());
  }

  private static Upserts upserts(String... keys) {
    return new Upserts(List.of(keys).stream().map(key -> upsert(key, key)).toList());
  }

  private static Upsert upsert(String key, String text) {
    return Upsert.of(
        new UpdateOneModel<>(
            new Document("_id", key), new Document("$set", new Document("text", text))));
  }

  private static Problem problem(CompletableFuture<?> answer) {
    return (Problem) assertThrows(CompletionException.class, answer::join).getCause();
  }
}
