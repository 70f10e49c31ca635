package org.hippocamel.rerank;

import static org.hippocamel.rerank.TestRerankers.refused;
import static org.hippocamel.rerank.TestRerankers.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RerankCallTest {
  private final TestRerankers all = TestRerankers.serving();
  private final RerankCall call = all.call;

  @Test
  void request_asksForProbabilities_andForTruncation() {
    all.gate.ask(new RerankRequest("a \"question\"", List.of("one", "zwei \u00fc")));
    assertEquals(
        "{\"query\":\"a \\\"question\\\"\",\"texts\":[\"one\",\"zwei \u00fc\"],"
            + "\"raw_scores\":false,\"truncate\":true}",
        new String(call.request(all.gate.next()), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void authorization_isTheKeyIfThereIsOne() {
    assertNull(call.authorization());
    assertEquals("Bearer k", new RerankCall("k", all.reranker).authorization());
  }

  @ParameterizedTest
  @CsvSource({
    "400,true",
    "413,true",
    "422,true",
    "424,true",
    "401,false",
    "429,false",
    "503,false"
  })
  void divisible_isARefusalOfSeveralTexts(int status, boolean divisible) {
    all.gate.ask(request(2));
    RerankPart two = all.gate.next();
    assertEquals(divisible, call.divisible(two, refused(status)));
    assertFalse(call.divisible(call.halves(two).get(0), refused(status)));
    assertFalse(call.divisible(two, new IOException()));
  }

  @Test
  void halves_areTheSameTexts() {
    all.gate.ask(request(5));
    List<RerankPart> halves = call.halves(all.gate.next());
    assertEquals(List.of("text 0", "text 1"), halves.get(0).texts());
    assertEquals(List.of("text 2", "text 3", "text 4"), halves.get(1).texts());
  }

  @Test
  void textThatStandsAlone_getsTheLowestScore() {
    Asked asked = all.gate.ask(request(2));
    List<RerankPart> halves = call.halves(all.gate.next());
    call.refuse(halves.get(0), refused(422));
    all.answer(halves.get(1), 0.5, Duration.ofMillis(1));
    assertEquals(List.of(0f, 0.5f), all.gate.answer(asked).join().scores());
    assertEquals(1, all.counts.refused());
  }

  @Test
  void allTextsRefused_isAFailure() {
    Asked asked = all.gate.ask(request(2));
    call.halves(all.gate.next()).forEach(half -> call.refuse(half, refused(422)));
    assertEquals(
        "failed: the reranker at rerank.url answered 422: why",
        all.gate.answer(asked).join().reason());
  }

  @Test
  void refusalsWithoutEnd_areNotFollowed() {
    all.gate.ask(request(32));
    RerankPart part = all.gate.next();
    int halved = 0;
    while (call.divisible(part, refused(424))) {
      halved++;
    }
    assertEquals(16, halved);
  }

  @Test
  void refuse_knowsOurOwnProblems() {
    Asked asked = all.gate.ask(request(2));
    call.refuse(all.gate.next(), new Problem(ProblemKind.RERANKER_FAILED, "nonsense"));
    assertEquals("failed: nonsense", all.gate.answer(asked).join().reason());
  }

  @Test
  void lost_isAConnection() {
    all.gate.ask(request(1));
    RerankPart part = all.gate.next();
    assertTrue(call.lost(part, new SocketException()));
    assertFalse(call.lost(part, new SocketTimeoutException()));
    assertFalse(call.lost(part, refused(503)));
    assertFalse(call.lost(null, new SocketException()));
  }

  @Test
  void again_isAsOftenAsThereMayBeDeadConnections_whileSomebodyWaits() {
    Asked asked = all.gate.ask(request(1));
    RerankPart part = all.gate.next();
    for (int i = 0; i < 4; i++) {
      all.reranker.enter(part);
      assertTrue(call.again(part));
    }
    all.reranker.enter(part);
    assertFalse(call.again(part));
    all.gate.ask(request(1));
    RerankPart other = all.gate.next();
    assertTrue(call.again(other));
    asked.end(asked.tooSlow());
    assertFalse(call.again(part));
  }

  @Test
  void unexpected_isWhatIsOurFault() {
    assertTrue(call.unexpected(new IllegalStateException()));
    assertFalse(call.unexpected(refused(500)));
    assertFalse(call.unexpected(new SocketException()));
  }

  @ParameterizedTest
  @CsvSource(
      value = {"12,12", "NULL,0", "many,0", "99999999999,0"},
      nullValues = "NULL")
  void tokens_areWhatTheServerSays(String header, int tokens) {
    Asked asked = all.gate.ask(request(1));
    RerankPart part = all.gate.next();
    all.reranker.enter(part);
    call.deliver(part, "[{\"index\":0,\"score\":1}]".getBytes(), header);
    assertEquals(tokens, all.gate.answer(asked).join().tokens());
    assertTrue(asked.anyScored());
  }
}
