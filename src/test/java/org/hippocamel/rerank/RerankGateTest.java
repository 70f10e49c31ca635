package org.hippocamel.rerank;

import static org.hippocamel.rerank.TestRerankers.patient;
import static org.hippocamel.rerank.TestRerankers.refused;
import static org.hippocamel.rerank.TestRerankers.request;
import static org.hippocamel.rerank.TestRerankers.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class RerankGateTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final TestRerankers all = TestRerankers.serving();
  private final RerankGate gate = all.gate;

  @Test
  void ask_cutsIntoPartsOfAboutEqualLength() {
    assertEquals(List.of("25", "25"), texts(gate.ask(request(50)).parts()));
    assertEquals(List.of("32"), texts(gate.ask(request(32)).parts()));
    assertEquals(List.of("17", "16"), texts(gate.ask(request(33)).parts()));
  }

  @Test
  void ask_cutsByBytesOfQueryAndTexts() {
    String long_ = "x".repeat(500_000);
    List<String> some = new ArrayList<>(Collections.nCopies(4, long_));
    some.add("x".repeat(2_000_000));
    some.add("short");
    assertEquals(
        List.of("2", "2", "1", "1"), texts(gate.ask(new RerankRequest("q", some)).parts()));
    String query = "x".repeat(600_000);
    assertEquals(
        List.of("1", "1"), texts(gate.ask(new RerankRequest(query, some.subList(0, 2))).parts()));
  }

  @Test
  void answer_holdsTheScoresInTheOrderOfTheTexts() {
    Asked asked = gate.ask(request(50));
    all.answer(gate.next(), 0.25, SHORT);
    CompletableFuture<Reranked> answer = gate.answer(asked);
    assertFalse(answer.isDone());
    all.answer(gate.next(), 0.75, SHORT);
    Reranked reranked = answer.join();
    assertTrue(reranked.done());
    assertNull(reranked.reason());
    List<Float> scores = new ArrayList<>(Collections.nCopies(25, 0.25f));
    scores.addAll(Collections.nCopies(25, 0.75f));
    assertEquals(scores, reranked.scores());
    assertSame(reranked.scores(), reranked.orThrow());
    assertEquals("m", reranked.modelId());
    assertEquals(20, reranked.tokens());
    assertEquals(2, all.counts.calls());
    assertEquals(50, all.counts.texts());
  }

  @Test
  void answer_isKnownAtOnce_whenThereIsNoReranker() {
    TestRerankers none = new TestRerankers(TestRerankers.settings(Optional.empty()));
    Asked asked = none.gate.ask(request(3));
    assertEquals(List.of(), asked.parts());
    Reranked reranked = none.gate.answer(asked).join();
    assertFalse(reranked.done());
    assertEquals(
        "not configured: set RERANK_URL to a TEI with a reranking model, or RERANK_MODEL_DIR to"
            + " the folder of one",
        reranked.reason());
    assertEquals(List.of(), none.reranker.due());
    assertEquals(1, none.counts.fallbacks(Obstacle.NOT_CONFIGURED));
    Problem problem = assertThrows(Problem.class, reranked::orThrow);
    assertEquals(ProblemKind.UNAVAILABLE, problem.kind());
    assertEquals("reranker " + reranked.reason(), problem.getMessage());
  }

  @Test
  void answer_isKnownAtOnce_beforeTheServerWasHeard() {
    TestRerankers unheard =
        new TestRerankers(TestRerankers.settings(Optional.of("http://reranker")));
    Reranked reranked = unheard.gate.answer(unheard.gate.ask(request(3))).join();
    assertEquals("unavailable: the reranker at rerank.url was not asked yet", reranked.reason());
  }

  @Test
  void answer_isNotDone_whenOneCallFails_andTheOthersAreNotMade() {
    Asked asked = gate.ask(request(90));
    all.fail(gate.next(), refused(429));
    assertNull(gate.next());
    Reranked reranked = gate.answer(asked).join();
    assertEquals("overloaded: the reranker at rerank.url answered 429: why", reranked.reason());
    assertEquals(List.of(), reranked.scores());
    assertEquals(ProblemKind.OVERLOADED, assertThrows(Problem.class, reranked::orThrow).kind());
    assertEquals(1, all.counts.fallbacks(Obstacle.OVERLOADED));
  }

  @Test
  void answer_comesAtTheDeadline_andTooLateScoresAreForgotten() {
    TestRerankers quick =
        new TestRerankers(
            new org.hippocamel.config.Rerank(
                Optional.of("http://reranker"),
                "",
                50,
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                4,
                32,
                1_500_000,
                1_000));
    quick.reranker.heard(TestRerankers.info("m", 512, 32));
    Asked asked = quick.gate.ask(request(3));
    RerankPart part = quick.gate.next();
    quick.reranker.enter(part);
    Reranked reranked = quick.gate.answer(asked).join();
    assertEquals("too slow: no scores within 1 ms (rerank.deadline-millis)", reranked.reason());
    quick.call.deliver(part, "[]".replace("[]", three()).getBytes(), null);
    assertSame(reranked, asked.answer().join());
    assertThrows(Problem.class, () -> quick.reranker.enter(part));
    Reranked api = quick.gate.answer(quick.gate.ask(patient(3))).join();
    assertEquals("too slow: no scores within 2 ms (rerank.api-deadline-millis)", api.reason());
  }

  private static String three() {
    return "[{\"index\":0,\"score\":0.1},{\"index\":1,\"score\":0.1},{\"index\":2,\"score\":0.1}]";
  }

  @Test
  void next_isWhoHasLeastTimeLeft() {
    Asked bulk = gate.ask(patient(40));
    all.now.addAndGet(SHORT.toNanos());
    Asked search = gate.ask(request(40));
    List<RerankPart> turns = List.of(gate.next(), gate.next(), gate.next(), gate.next());
    assertTrue(search.parts().containsAll(turns.subList(0, 2)));
    assertTrue(bulk.parts().containsAll(turns.subList(2, 4)));
    assertNull(gate.next());
  }

  @Test
  void next_leavesOutWhatWouldComeTooLate() {
    Asked first = gate.ask(request(3));
    all.answer(gate.next(), 0.5, Duration.ofMillis(600));
    assertTrue(gate.answer(first).join().done());
    gate.ask(request(3));
    all.reranker.enter(gate.next());
    Asked late = gate.ask(request(3));
    all.now.addAndGet(Duration.ofMillis(500).toNanos());
    assertNull(gate.next());
    assertEquals(
        "overloaded: others stood before this request until it was too late (rerank.calls)",
        gate.answer(late).join().reason());
  }

  @Test
  void next_triesOneThatIsAlone_howeverLongCallsTook() {
    gate.ask(request(3));
    all.answer(gate.next(), 0.5, Duration.ofMillis(900));
    Asked late = gate.ask(request(3));
    all.now.addAndGet(Duration.ofMillis(500).toNanos());
    assertSame(late.parts().get(0), gate.next());
  }

  @Test
  void next_leavesOutWhoeverWaits_whenTheServerWasLost() {
    Asked waiting = gate.ask(request(3));
    all.reranker.silent(new ConnectException());
    assertNull(gate.next());
    assertEquals(
        "unavailable: the reranker at rerank.url does not answer (ConnectException)",
        gate.answer(waiting).join().reason());
  }
}
