package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.Document;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final double EXACT = 1e-12;

  private final Fusion fusion = new Fusion(TestSpaces.active(TestSpaces.small()), 60);

  @Test
  void vector_scoresByCosine() {
    SearchReply reply =
        reply(Mode.VECTOR, 9, null, nearest(row("a", 0.9), row("b", 0.25)), words());
    assertEquals(List.of("a", "b"), ids(reply));
    assertEquals(0.8, reply.hits().get(0).score(), EXACT);
    assertEquals(-0.5, reply.hits().get(1).score(), EXACT);
  }

  @Test
  void lexical_scoresByBm25() {
    SearchReply reply = reply(Mode.LEXICAL, 9, null, nearest(), words(row("a", 7.5), row("b", 3)));
    assertEquals(List.of("a", "b"), ids(reply));
    assertEquals(7.5, reply.hits().get(0).score(), EXACT);
  }

  @Test
  void hybrid_sumsReciprocalRanks() {
    SearchReply reply =
        reply(
            Mode.HYBRID,
            9,
            null,
            nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7)),
            words(row("c", 9), row("b", 8), row("d", 7)));
    // b: 2nd and 2nd, c: 3rd and 1st, a: 1st alone, d: 3rd alone
    assertEquals(List.of("c", "b", "a", "d"), ids(reply));
    assertEquals(1.0 / 63 + 1.0 / 61, reply.hits().get(0).score(), EXACT);
    assertEquals(2.0 / 62, reply.hits().get(1).score(), EXACT);
    assertEquals(1.0 / 61, reply.hits().get(2).score(), EXACT);
    assertEquals(1.0 / 63, reply.hits().get(3).score(), EXACT);
  }

  @Test
  void hybrid_givesTheSameOrder_whicheverListComesFirst() {
    Candidates nearest = nearest(row("a", 0.9), row("b", 0.8));
    Candidates words = words(row("b", 9), row("c", 8));
    assertEquals(
        ids(reply(Mode.HYBRID, 9, null, nearest, words)),
        ids(reply(Mode.HYBRID, 9, null, words, nearest)));
  }

  @Test
  void ties_areBrokenById() {
    SearchReply reply = reply(Mode.HYBRID, 9, null, nearest(row("z", 0.9)), words(row("a", 9)));
    assertEquals(List.of("a", "z"), ids(reply));
    reply = reply(Mode.VECTOR, 9, null, nearest(row("b", 0.5), row("a", 0.5)), words());
    assertEquals(List.of("a", "b"), ids(reply));
  }

  @Test
  void limit_keepsTheBest() {
    SearchReply reply =
        reply(Mode.VECTOR, 2, null, nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7)), words());
    assertEquals(List.of("a", "b"), ids(reply));
  }

  @Test
  void minScore_leavesOutWhatIsBelow_inTheScoresOfTheMode() {
    Candidates nearest = nearest(row("a", 0.9), row("b", 0.75), row("c", 0.7));
    assertEquals(List.of("a", "b"), ids(reply(Mode.VECTOR, 9, 0.5, nearest, words())));
    assertEquals(List.of("a"), ids(reply(Mode.HYBRID, 9, 1.0 / 61, nearest, words())));
    assertEquals(List.of(), ids(reply(Mode.LEXICAL, 9, 5.0, nearest(), words(row("a", 4.9)))));
  }

  @Test
  void explain_showsRankAndScoreOfEachSearchThatFoundIt() {
    SearchReply reply =
        reply(Mode.HYBRID, 9, null, nearest(row("a", 0.9), row("b", 0.8)), words(row("b", 8)));
    assertEquals(
        List.of(Stage.VECTOR, Stage.LEXICAL), List.copyOf(reply.hits().get(0).stages().keySet()));
    Standing vector = reply.hits().get(0).stages().get(Stage.VECTOR);
    assertEquals(2, vector.rank());
    assertEquals(0.6, vector.score(), EXACT);
    assertEquals(new Standing(1, 8), reply.hits().get(0).stages().get(Stage.LEXICAL));
    assertEquals(List.of(Stage.VECTOR), List.copyOf(reply.hits().get(1).stages().keySet()));
  }

  @Test
  void reply_namesSpaceAndMode() {
    SearchReply reply = reply(Mode.HYBRID, 9, null, nearest(), words());
    assertEquals(new SearchReply(List.of(), "m-3", Mode.HYBRID, true, false), reply);
  }

  @Test
  void reply_tellsThatTheQueryWasCut() {
    Candidates cut = new Candidates(Stage.VECTOR, List.of(), true);
    assertTrue(reply(Mode.VECTOR, 9, null, cut, words()).queryTruncated());
    assertTrue(reply(Mode.HYBRID, 9, null, words(), cut).queryTruncated());
  }

  @Test
  void reply_waitsForStartUp() {
    Fusion early = new Fusion(new ActiveSpace(), 60);
    assertThrows(
        Problem.class,
        () -> early.reply(request(Mode.VECTOR, 1, null), new CandidateLists.Found(List.of())));
  }

  @Test
  void candidateLists_putBothListsIntoOneBody() {
    CandidateLists joining = new CandidateLists();
    Exchange first = joining.aggregate(null, exchange(nearest(row("a", 0.9))));
    Exchange both = joining.aggregate(first, exchange(words(row("b", 1))));
    assertEquals(
        List.of(Stage.VECTOR, Stage.LEXICAL),
        both.getMessage().getBody(CandidateLists.Found.class).lists().stream()
            .map(Candidates::stage)
            .toList());
  }

  @Test
  void candidateLists_leaveOutABranchThatFailed() {
    Exchange only = new CandidateLists().aggregate(null, exchange(Map.of("not", "candidates")));
    assertEquals(List.of(), only.getMessage().getBody(CandidateLists.Found.class).lists());
  }

  private SearchReply reply(Mode mode, int limit, Double minScore, Candidates... lists) {
    return fusion.reply(
        request(mode, limit, minScore), new CandidateLists.Found(Arrays.asList(lists)));
  }

  private static RecallRequest request(Mode mode, int limit, Double minScore) {
    return new RecallRequest("why?", limit, mode, Scope.of("acme"), minScore, true);
  }

  private static List<String> ids(SearchReply reply) {
    return reply.hits().stream().map(hit -> hit.row().getString("_id")).toList();
  }

  private static Candidates nearest(Document... rows) {
    return new Candidates(Stage.VECTOR, Arrays.asList(rows), false);
  }

  private static Candidates words(Document... rows) {
    return new Candidates(Stage.LEXICAL, Arrays.asList(rows), false);
  }

  private static Document row(String id, double score) {
    return new Document("_id", id).append("score", score);
  }

  private static Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
