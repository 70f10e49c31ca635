package org.hippocamel.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Page;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.rerank.Obstacle;
import org.hippocamel.rerank.RerankRequest;
import org.hippocamel.rerank.Reranked;
import org.hippocamel.search.Searched.Place;
import org.junit.jupiter.api.Test;

class SearchingTest {
  private final Searching searching = new Searching(50);

  @Test
  void question_asksForAsManyAsAreReranked() {
    assertEquals(3, searching.question(asked(3, false)).limit());
    assertEquals(50, searching.question(asked(3, true)).limit());
    assertEquals(70, searching.question(asked(70, true)).limit());
    RecallRequest wanted = asked(3, true).question();
    assertEquals(wanted, searching.question(asked(3, true)).with(Page.first(3)));
  }

  @Test
  void texts_areThoseOfTheReply() {
    assertEquals(
        new RerankRequest("why?", List.of("a", "b")),
        searching.texts(asked(1, true), found("a", "b")));
  }

  @Test
  void plain_isTheOrderOfRecall() {
    Searched searched = searching.plain(found("a", "b"));
    assertEquals(List.of(new Place(0, 2), new Place(1, 1)), searched.order());
    assertFalse(searched.reranked());
    assertNull(searched.rerankReason());
  }

  @Test
  void reranked_isTheOrderOfTheScores_equalOnesInThatOfRecall() {
    Reranked scores = Reranked.done(List.of(0.1f, 0.5f, 0.9f, 0.5f), "m", 0);
    Searched searched = searching.reranked(asked(3, true), found("a", "b", "c", "d"), scores);
    assertEquals(
        List.of(new Place(2, 0.9f), new Place(1, 0.5f), new Place(3, 0.5f)), searched.order());
    assertTrue(searched.reranked());
    assertNull(searched.rerankReason());
  }

  @Test
  void reranked_isTheOrderOfRecall_whenThereAreNoScores() {
    Reranked none = Reranked.not(Obstacle.TOO_SLOW, "late");
    Searched searched = searching.reranked(asked(2, true), found("a", "b", "c"), none);
    assertEquals(List.of(new Place(0, 3), new Place(1, 2)), searched.order());
    assertFalse(searched.reranked());
    assertEquals("too slow: late", searched.rerankReason());
  }

  private static SearchRequest asked(int limit, boolean rerank) {
    Scope scope = new Scope("acme", Set.of(Kind.PASSAGE), null, null, null);
    return new SearchRequest(
        RecallRequest.of("why?", scope, TestRecall.in(Mode.HYBRID), limit).explained(), rerank);
  }

  /** With scores n, n - 1, ... */
  private static SearchReply found(String... texts) {
    List<SearchReply.Hit> hits =
        Stream.iterate(0, i -> i + 1)
            .limit(texts.length)
            .map(
                i ->
                    new SearchReply.Hit(
                        new Document("text", texts[i]),
                        i + 1,
                        texts.length - i,
                        Double.NaN,
                        Double.NaN,
                        Map.of()))
            .toList();
    return new SearchReply(hits, "m-3", Mode.HYBRID, true, false, null, null);
  }
}
