package org.hippocamel.rerank;

import static org.hippocamel.rerank.TestRerankers.info;
import static org.hippocamel.rerank.TestRerankers.patient;
import static org.hippocamel.rerank.TestRerankers.refused;
import static org.hippocamel.rerank.TestRerankers.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RerankerTest {
  private static final ConnectException GONE = new ConnectException();

  private final TestRerankers all = TestRerankers.serving();
  private final Reranker reranker = all.reranker;

  @Test
  void heard_saysSoOnce() {
    assertEquals("Reranker http://reranker serves m", reranker.news());
    assertNull(reranker.news());
    reranker.heard(info("m", 512, 32));
    assertNull(reranker.news());
  }

  @Test
  void heard_refusesWhatDoesNotRerank() {
    byte[] embedder =
        "{\"model_id\":\"bge\",\"model_type\":{\"embedding\":{\"pooling\":\"cls\"}}}".getBytes();
    Problem problem = assertThrows(Problem.class, () -> reranker.heard(embedder));
    assertEquals(ProblemKind.RERANKER_FAILED, problem.kind());
    assertEquals(
        "the server at rerank.url does not serve a reranking model: its /info names model bge of"
            + " type embedding",
        problem.getMessage());
    reranker.silent(problem);
    assertEquals(Obstacle.FAILED, reranker.obstacle().orElseThrow().obstacle());
  }

  @Test
  void limits_followTheServer() {
    List<Integer> calls = new ArrayList<>();
    reranker.tell(calls::add);
    assertEquals(new RerankLimits(32, 1_500_000, 4), reranker.limits());
    reranker.heard(info("m", 64, 20));
    assertEquals(new RerankLimits(20, 1_500_000, 2), reranker.limits());
    reranker.heard(info("m", 8, 20));
    assertEquals(new RerankLimits(6, 1_500_000, 1), reranker.limits());
    reranker.heard(info("m", 1, 1));
    assertEquals(new RerankLimits(1, 1_500_000, 1), reranker.limits());
    assertEquals(List.of(4, 2, 1, 1), calls);
  }

  @Test
  void modelId_followsTheServer() {
    reranker.heard(info("other", 512, 32));
    assertEquals("other", reranker.modelId());
  }

  @Test
  void lostRequestsInARow_leaveItOut_untilItIsHeard() {
    for (int i = 0; i < 3; i++) {
      assertTrue(reranker.obstacle().isEmpty());
      assertEquals(Obstacle.UNAVAILABLE, all.ended(GONE).obstacle());
    }
    assertEquals(
        "unavailable: the reranker at rerank.url does not answer (ConnectException)",
        reranker.obstacle().orElseThrow().reason());
    reranker.news();
    assertEquals(List.of(), reranker.due());
    all.now.addAndGet(Duration.ofMillis(63).toNanos());
    assertEquals(List.of(reranker), reranker.due());
    reranker.heard(info("m", 512, 32));
    assertEquals(Optional.empty(), reranker.obstacle());
    assertEquals("Reranker http://reranker serves m", reranker.news());
  }

  @Test
  void takenBackOnTrial_oneMoreLostRequestIsEnough_andThePauseGrows() {
    for (int i = 0; i < 3; i++) {
      all.ended(new SocketTimeoutException());
    }
    for (long pause : new long[] {62, 124, 249, 499, 999, 999}) {
      all.now.addAndGet(Duration.ofMillis(pause).toNanos());
      assertEquals(List.of(), reranker.due(), pause + " ms");
      all.now.addAndGet(Duration.ofMillis(1).toNanos());
      assertEquals(List.of(reranker), reranker.due());
      reranker.heard(info("m", 512, 32));
      all.ended(new SocketTimeoutException());
      assertTrue(reranker.obstacle().isPresent());
    }
  }

  @Test
  void answeredRequest_endsTheRow() {
    for (int i = 0; i < 5; i++) {
      all.ended(GONE);
      all.ended(GONE);
      all.gate.answer(all.gate.ask(request(1)));
      Asked asked = all.gate.ask(request(1));
      RerankPart part = all.gate.next();
      all.answer(part, 0.5, Duration.ofMillis(1));
      part = all.gate.next();
      all.answer(part, 0.5, Duration.ofMillis(1));
      assertTrue(all.gate.answer(asked).join().done());
    }
    assertTrue(reranker.obstacle().isEmpty());
  }

  @Test
  void overload_isNoLoss() {
    for (int i = 0; i < 5; i++) {
      assertEquals(Obstacle.OVERLOADED, all.ended(refused(429)).obstacle());
    }
    assertTrue(reranker.obstacle().isEmpty());
  }

  @Test
  void whatOurOwnLineEnds_saysNothingOfTheServer() {
    all.ended(GONE);
    all.ended(GONE);
    Asked shed = all.gate.ask(request(64));
    reranker.enter(all.gate.next());
    shed.end(Reranked.not(Obstacle.OVERLOADED, "others stood before it"));
    all.gate.answer(shed).join();
    Asked never = all.gate.ask(request(3));
    never.end(Reranked.not(Obstacle.TOO_SLOW, "late"));
    all.gate.answer(never).join();
    assertTrue(reranker.obstacle().isEmpty());
    all.ended(GONE);
    assertTrue(reranker.obstacle().isPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 415})
  void refusalForGood_leavesItOutAtOnce(int status) {
    assertEquals(Obstacle.FAILED, all.ended(refused(status)).obstacle());
    Reranked obstacle = reranker.obstacle().orElseThrow();
    assertEquals(
        "failed: the reranker at rerank.url answered " + status + ": why", obstacle.reason());
    assertEquals(List.of(reranker), reranker.due());
  }

  /** Somebody who asks for a thousand texts may wait in vain at a server that is well. */
  @Test
  void slowAnswerToALongRequest_isNoLoss() {
    for (int i = 0; i < 5; i++) {
      Asked asked = all.gate.ask(patient(64));
      all.answer(all.gate.next(), 0.5, Duration.ofMillis(1));
      Reranked late = Reranked.not(Obstacle.TOO_SLOW, "late");
      asked.end(late);
      assertSame(late, all.gate.answer(asked).join());
    }
    assertTrue(reranker.obstacle().isEmpty());
    for (int i = 0; i < 3; i++) {
      Asked asked = all.gate.ask(request(64));
      all.answer(all.gate.next(), 0.5, Duration.ofMillis(1));
      asked.end(Reranked.not(Obstacle.TOO_SLOW, "late"));
      all.gate.answer(asked).join();
    }
    assertEquals("unavailable: late", reranker.obstacle().orElseThrow().reason());
  }
}
