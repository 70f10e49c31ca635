package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final double EXACT = 1e-12;

  private final Fusion fusion =
      new Fusion(TestSpaces.calibrated(TestSpaces.small(), 0.5, 0.1), TestRecall.settings());

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
  void hybrid_addsCalibratedScoresByWeight() {
    // Cosines 0.8, 0.6, 0.4 are 3, 1 and -1 deviations of 0.1 above 0.5. The best BM25 of 8 is half
    // of 16: words are worth 16 / 4 times their share of the best, so 8, 4 and 2 give 4, 2 and 1.
    CandidateLists.Found found =
        found(nearest(row("a", 0.9), row("b", 0.8)), words(row("c", 8), row("b", 4)));
    CandidateLists.Found completed = found(nearest(row("c", 0.7)), words(row("a", 2)));
    SearchReply reply = fusion.reply(request(Mode.HYBRID, 9, null), found, completed);
    assertEquals(List.of("a", "b", "c"), ids(reply));
    assertEquals(0.9 * 3 + 0.1 * 1, reply.hits().get(0).score(), EXACT);
    assertEquals(0.9 * 1 + 0.1 * 2, reply.hits().get(1).score(), EXACT);
    assertEquals(0.9 * -1 + 0.1 * 4, reply.hits().get(2).score(), EXACT);
    Map<Stage, Standing> last = reply.hits().get(2).stages();
    assertEquals(0, last.get(Stage.VECTOR).rank(), "words alone brought it up");
    assertEquals(-1, last.get(Stage.VECTOR).calibrated(), EXACT);
    assertEquals(1, last.get(Stage.LEXICAL).rank());
    assertEquals(4, last.get(Stage.LEXICAL).calibrated(), EXACT);
  }

  @Test
  void hybrid_takesTheRequestsWeight() {
    CandidateLists.Found found = found(nearest(row("a", 0.9), row("b", 0.8)), words(row("b", 8)));
    for (double weight : new double[] {0, 0.5, 1}) {
      RecallRequest request =
          request(Mode.HYBRID, 9, null)
              .with(new Ranking(Mode.HYBRID, new Fusing(Fusing.Rule.SCORE, weight)));
      SearchReply reply = fusion.reply(request, found, found());
      assertEquals(weight == 0 ? List.of("a", "b") : List.of("b", "a"), ids(reply), "" + weight);
      double best = weight == 0 ? 3 : (1 - weight) * 1 + weight * 4;
      assertEquals(best, reply.hits().get(0).score(), EXACT);
    }
  }

  @Test
  void words_countInFullFromThatBestScoreOn_andNoMore() {
    SearchReply rare = reply(Mode.LEXICAL, 9, null, nearest(), words(row("a", 16), row("b", 4)));
    assertEquals(16, calibrated(rare, 0), EXACT);
    assertEquals(4, calibrated(rare, 1), EXACT);
    SearchReply page = reply(Mode.LEXICAL, 9, null, nearest(), words(row("a", 200), row("b", 50)));
    assertEquals(16, calibrated(page, 0), EXACT);
    assertEquals(4, calibrated(page, 1), EXACT);
    assertEquals(0, new Scale(new ActiveSpace().calibration(), 0, 16).words(0), EXACT);
  }

  private static double calibrated(SearchReply reply, int hit) {
    return reply.hits().get(hit).stages().get(Stage.LEXICAL).calibrated();
  }

  @Test
  void rrf_sumsReciprocalRanks() {
    SearchReply reply =
        fusion.reply(
            request(Mode.HYBRID, 9, null).with(new Ranking(Mode.HYBRID, TestRecall.RANKS)),
            found(
                nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7)),
                words(row("c", 9), row("b", 8), row("d", 7))),
            found());
    // b: 2nd and 2nd, c: 3rd and 1st, a: 1st alone, d: 3rd alone
    assertEquals(List.of("c", "b", "a", "d"), ids(reply));
    assertEquals(1.0 / 63 + 1.0 / 61, reply.hits().get(0).score(), EXACT);
    assertEquals(2.0 / 62, reply.hits().get(1).score(), EXACT);
    assertEquals(1.0 / 61, reply.hits().get(2).score(), EXACT);
    assertEquals(1.0 / 63, reply.hits().get(3).score(), EXACT);
  }

  @Test
  void gaps_areWhatOnlyOneListHas() {
    List<Embedding> question = List.of(new Embedding(new float[] {1, 0, 0}, 1, null));
    Candidates near =
        new Candidates(Stage.VECTOR, nearest(row("a", 1), row("b", 1)).rows(), question);
    List<Candidates> lists = List.of(near, words(row("b", 1), row("c", 1)));
    Gaps gaps = Gaps.of(request(Mode.HYBRID, 9, null), lists);
    assertEquals(new Gaps(Set.of("c"), Set.of("a"), question), gaps);
    assertTrue(gaps.any());
    // No word matched: there is nothing to ask for.
    assertFalse(Gaps.of(request(Mode.HYBRID, 9, null), List.of(near, words())).any());
    assertFalse(Gaps.of(request(Mode.VECTOR, 9, null), List.of(near, words())).any());
    RecallRequest ranks =
        request(Mode.HYBRID, 9, null).with(new Ranking(Mode.HYBRID, TestRecall.RANKS));
    assertFalse(Gaps.of(ranks, lists).any());
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
    SearchReply reply = reply(Mode.VECTOR, 9, null, nearest(row("b", 0.5), row("a", 0.5)), words());
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
    assertEquals(List.of("a"), ids(reply(Mode.HYBRID, 9, 0.9 * 2, nearest, words())));
    assertEquals(List.of(), ids(reply(Mode.LEXICAL, 9, 5.0, nearest(), words(row("a", 4.9)))));
  }

  @Test
  void explain_showsRankAndScoreOfEachSearchThatFoundIt() {
    SearchReply reply =
        reply(Mode.HYBRID, 9, null, nearest(row("a", 0.9), row("b", 0.8)), words(row("b", 8)));
    assertEquals(
        List.of(Stage.VECTOR, Stage.LEXICAL), List.copyOf(reply.hits().get(1).stages().keySet()));
    Standing vector = reply.hits().get(1).stages().get(Stage.VECTOR);
    assertEquals(2, vector.rank());
    assertEquals(0.6, vector.score(), EXACT);
    assertEquals(new Standing(1, 8, 4), reply.hits().get(1).stages().get(Stage.LEXICAL));
    assertEquals(List.of(Stage.VECTOR), List.copyOf(reply.hits().get(0).stages().keySet()));
  }

  @Test
  void reply_namesSpaceAndMode() {
    SearchReply reply = reply(Mode.HYBRID, 9, null, nearest(), words());
    assertEquals(new SearchReply(List.of(), "m-3", Mode.HYBRID, true, false), reply);
  }

  @Test
  void reply_tellsThatTheQueryWasCut() {
    Candidates cut =
        new Candidates(
            Stage.VECTOR,
            List.of(),
            List.of(new Embedding(new float[] {1, 0, 0}, 512, Embedding.Cut.YES, null)));
    assertTrue(reply(Mode.VECTOR, 9, null, cut, words()).queryTruncated());
    assertTrue(reply(Mode.HYBRID, 9, null, words(), cut).queryTruncated());
  }

  @Test
  void reply_waitsForStartUp() {
    Fusion early = new Fusion(new ActiveSpace(), TestRecall.settings());
    assertThrows(Problem.class, () -> early.reply(request(Mode.VECTOR, 1, null), found(), found()));
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
    return fusion.reply(request(mode, limit, minScore), found(lists), found());
  }

  private static CandidateLists.Found found(Candidates... lists) {
    return new CandidateLists.Found(Arrays.asList(lists));
  }

  private static RecallRequest request(Mode mode, int limit, Double minScore) {
    return TestRecall.asked(mode, limit).with(new Threshold(minScore)).explained();
  }

  private static List<String> ids(SearchReply reply) {
    return reply.hits().stream().map(hit -> hit.row().getString("_id")).toList();
  }

  private static Candidates nearest(Document... rows) {
    return new Candidates(Stage.VECTOR, Arrays.asList(rows));
  }

  private static Candidates words(Document... rows) {
    return new Candidates(Stage.LEXICAL, Arrays.asList(rows));
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
