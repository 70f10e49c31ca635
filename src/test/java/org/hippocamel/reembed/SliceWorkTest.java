package org.hippocamel.reembed;

import static org.hippocamel.reembed.TestMigrations.NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.client.model.UpdateOneModel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.BinaryVector;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.embedding.Lane;
import org.hippocamel.job.JobRun;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class SliceWorkTest {
  private static final Slice SLICE = new Slice("j#0", "o", "j", "a", "k", 7, 1, NEW);

  private final AtomicLong nanos = new AtomicLong();

  private SliceWork work(int textsPerSecond) {
    return new SliceWork(
        TestMigrations.settings(textsPerSecond, 0), Duration.ofSeconds(30), nanos::get);
  }

  @Test
  void rowsPipeline_readsWhatLacksAVectorAndIsNotRefused_withinTheRange() {
    assertEquals(
        "{\"_id\": {\"$gte\": \"a\", \"$lt\": \"k\"}, \"vectors.n-2\": {\"$exists\": false},"
            + " \"refused.n-2\": {\"$exists\": false}}",
        ((Document) work(0).rowsPipeline(SLICE).get(0)).get("$match", Document.class).toJson());
    assertEquals(4, ((Document) work(0).rowsPipeline(SLICE).get(2)).get("$limit"));
  }

  @Test
  void texts_standAfterTheirHeadings_inTheLaneOfBulkWork() {
    Portion portion = work(0).portion(rows());
    assertEquals(List.of("new: H\none", "new: two"), work(0).texts(SLICE, portion).texts());
    assertEquals(Lane.INGEST, work(0).texts(SLICE, portion).lane());
    assertEquals("n-2", work(0).texts(SLICE, portion).space());
  }

  @Test
  void updates_areMeantForTheTextThatWasEmbedded_andMarkWhatIsRefused() {
    Problem refusal =
        new Problem(ProblemKind.EMBEDDER_FAILED, "too odd", new ArithmeticException());
    Portion portion =
        work(0)
            .embedded(
                work(0).portion(rows()),
                List.of(
                    new Embedding(new float[] {1, 0}, 1, Embedding.Cut.YES, null),
                    new Embedding(null, 0, refusal)));
    UpdateOneModel<?> first = (UpdateOneModel<?>) work(0).updates(SLICE, portion).get(0);
    assertEquals(new Document("_id", "b").append("hash", "h1"), first.getFilter());
    assertEquals(
        new Document(
            "$set",
            new Document("vectors.n-2", BinaryVector.floatVector(new float[] {1, 0}))
                .append("truncated.n-2", true)),
        first.getUpdate());
    UpdateOneModel<?> second = (UpdateOneModel<?>) work(0).updates(SLICE, portion).get(1);
    assertEquals(new Document("$set", new Document("refused.n-2", true)), second.getUpdate());
  }

  @Test
  void embedded_isNoFaultOfATextWhenTheEmbedderIsAway() {
    Problem away = new Problem(ProblemKind.UNAVAILABLE, "away");
    Portion portion = work(0).portion(rows());
    List<Embedding> none = List.of(new Embedding(null, 0, away), new Embedding(null, 0, away));
    assertSame(away, assertThrows(Problem.class, () -> work(0).embedded(portion, none)));
  }

  @Test
  void embedded_isNoFaultOfATextWhenTheEmbedderHasOneOfItsOwn() {
    Problem bug = new Problem(ProblemKind.UNEXPECTED, "a bug");
    Problem lost = new Problem(ProblemKind.EMBEDDER_FAILED, "500", new IllegalStateException());
    Problem lengths = new Problem(ProblemKind.EMBEDDER_FAILED, "vectors of different lengths");
    Portion portion = work(0).portion(rows());
    for (Problem fault : List.of(bug, lost, lengths)) {
      List<Embedding> none = List.of(new Embedding(null, 0, fault), new Embedding(null, 0, fault));
      assertSame(fault, assertThrows(Problem.class, () -> work(0).embedded(portion, none)));
    }
  }

  @Test
  void pause_keepsTheRateOfAllHandsTogether_andTheirPortionsAreNoMoreThanSomeSeconds() {
    SliceWork slow = work(1);
    assertEquals(2, ((Document) slow.rowsPipeline(SLICE).get(2)).get("$limit"));
    Portion portion = slow.portion(rows());
    Portion besides = slow.portion(rows());
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
    assertEquals(1_500, slow.pause(portion));
    assertEquals(3_500, slow.pause(besides));
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(9_500));
    assertEquals(2_000, slow.pause(slow.portion(rows())));
    assertEquals(0, work(0).pause(portion));
  }

  @Test
  void hands_leaveOffTogether_andWhatStoppedTheFirstIsTold() {
    SliceWork work = work(0);
    Shift shift = work.shift(JobRun.unwatched());
    List<Shift.Hand> hands = work.hands(shift);
    assertEquals(2, hands.size());
    work.took(hands.get(0), SLICE);
    work.took(hands.get(1), null);
    assertEquals(List.of(true, false), hands.stream().map(Shift.Hand::goesOn).toList());
    work.end(shift);
    Problem away = new Problem(ProblemKind.UNAVAILABLE, "away");
    work.failed(shift, away);
    work.failed(shift, new IllegalStateException());
    assertFalse(hands.get(0).goesOn());
    assertFalse(work.goesOn(work.begin(), shift));
    assertSame(away, assertThrows(Problem.class, () -> work.end(shift)));
  }

  @Test
  void aSlowEmbedder_getsNoMoreThanAThirdOfALease() {
    SliceWork work = work(0);
    Embedding one = new Embedding(new float[] {1, 0}, 1, null);
    Portion portion = work.portion(rows());
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(8));
    work.embedded(portion, List.of(one, one));
    assertEquals(2, ((Document) work.rowsPipeline(SLICE).get(2)).get("$limit"));
  }

  @Test
  void aSliceThatIsLost_isWrittenForNoMore() {
    SliceWork work = work(0);
    SliceWork.Rest rest = work.begin();
    Portion portion = work.portion(rows());
    assertSame(portion, work.held(rest, portion, new Document()));
    assertEquals(0, work.held(rest, portion, null).rows().size());
    assertFalse(work.goesOn(rest, work.shift(JobRun.unwatched())));
  }

  private static List<Document> rows() {
    return List.of(
        new Document("_id", "b")
            .append("text", "one")
            .append("hash", "h1")
            .append("source", new Document("heading", "H")),
        new Document("_id", "c").append("text", "two").append("hash", "h2"));
  }
}
