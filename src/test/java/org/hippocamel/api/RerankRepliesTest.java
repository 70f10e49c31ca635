package org.hippocamel.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.rerank.Obstacle;
import org.hippocamel.rerank.RerankRequest;
import org.hippocamel.rerank.Reranked;
import org.junit.jupiter.api.Test;

class RerankRepliesTest {
  private static final Reranked SCORED =
      Reranked.done(List.of(0.25f, 0.9f, 0.25f, 0.5f), "acme/reranker", 40);

  private final RerankReplies replies = new RerankReplies();

  @Test
  void rerank_isJinasAndCoheresShape_bestFirst_tiesInOrder() {
    assertEquals(
        "{'model':'acme/reranker','object':'list',"
            + "'usage':{'prompt_tokens':40,'total_tokens':40},"
            + "'results':[{'index':1,'relevance_score':0.9},{'index':3,'relevance_score':0.5},"
            + "{'index':0,'relevance_score':0.25},{'index':2,'relevance_score':0.25}],"
            + "'meta':{'api_version':{'version':'1'},'billed_units':{'search_units':0}}}",
        body(replies.rerank(asked(100, false), SCORED)));
  }

  @Test
  void rerank_showsTheBestWithTheirTexts() {
    String body = body(replies.rerank(asked(2, true), SCORED));
    assertEquals(
        "'results':[{'index':1,'relevance_score':0.9,'document':{'text':'b'}},"
            + "{'index':3,'relevance_score':0.5,'document':{'text':'d'}}]",
        body.replaceFirst(".*('results':.*]),'meta.*", "$1"));
  }

  @Test
  void rerank_isAnErrorWithoutScores() {
    List.of(
            List.of(Obstacle.NOT_CONFIGURED, ProblemKind.UNAVAILABLE),
            List.of(Obstacle.UNAVAILABLE, ProblemKind.UNAVAILABLE),
            List.of(Obstacle.OVERLOADED, ProblemKind.OVERLOADED),
            List.of(Obstacle.TOO_SLOW, ProblemKind.TIMEOUT),
            List.of(Obstacle.FAILED, ProblemKind.RERANKER_FAILED))
        .forEach(
            pair -> {
              Reranked none = Reranked.not((Obstacle) pair.get(0), "so it is");
              Problem problem =
                  assertThrows(Problem.class, () -> replies.rerank(asked(2, true), none));
              assertEquals(pair.get(1), problem.kind());
              assertEquals(
                  "reranker " + none.obstacle().words() + ": so it is", problem.getMessage());
            });
  }

  private static Ranking asked(int top, boolean withDocuments) {
    List<String> texts = List.of("a", "b", "c", "d");
    return new Ranking(new RerankRequest("q", texts, true), top, withDocuments);
  }

  private static String body(Reply reply) {
    assertEquals(200, reply.status());
    return new String(reply.body(), StandardCharsets.UTF_8).replace('"', '\'');
  }
}
