package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hippocamel.graph.ContextRequest.Walk;
import org.hippocamel.rerank.Obstacle;
import org.hippocamel.rerank.Reranked;
import org.junit.jupiter.api.Test;

class ContextRerankingTest {
  private final ContextReranking reranking = new ContextReranking();
  private final ContextRequest request = TestContexts.request(5, 1_000, Walk.NONE, null);
  private final Ranked ranked =
      Ranked.of(List.of(TestContexts.candidate("t:a", 0.9), TestContexts.candidate("t:b", 0.4)));

  @Test
  void texts_areThoseOfAllCandidates() {
    assertEquals(2, reranking.texts(request, ranked).texts().size());
    assertEquals(request.question().query(), reranking.texts(request, ranked).query());
    assertFalse(reranking.wanted(request, ranked), "this request does not ask for it");
  }

  @Test
  void reranked_isTheOrderOfTheScores() {
    Ranked after = reranking.reranked(request, ranked, Reranked.done(List.of(0.2f, 0.8f), "m", 0));
    assertTrue(after.reranked());
    assertEquals(List.of("t:b", "t:a"), after.candidates().stream().map(Candidate::id).toList());
    assertEquals(1, after.candidates().get(0).score(), 1e-9);
    assertEquals(0.8, after.candidates().get(0).reranked(), 1e-6);
    assertEquals(0.25, after.candidates().get(1).score(), 1e-6);
  }

  @Test
  void reranked_keepsTheOrder_whenThereAreNoScores() {
    Ranked after = reranking.reranked(request, ranked, Reranked.not(Obstacle.TOO_SLOW, "late"));
    assertFalse(after.reranked());
    assertEquals("too slow: late", after.reason());
    assertEquals(ranked.candidates(), after.candidates());
  }
}
