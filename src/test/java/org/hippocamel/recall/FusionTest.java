package org.hippocamel.recall;

import static org.hippocamel.recall.TestRounds.NOW;
import static org.hippocamel.recall.TestRounds.QUESTION;
import static org.hippocamel.recall.TestRounds.found;
import static org.hippocamel.recall.TestRounds.ids;
import static org.hippocamel.recall.TestRounds.nearest;
import static org.hippocamel.recall.TestRounds.row;
import static org.hippocamel.recall.TestRounds.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.hippocamel.recall.Candidates.Stage;
import org.hippocamel.recall.SearchReply.Standing;
import org.hippocamel.spaces.ActiveSpace;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static final double EXACT = 1e-12;

  private final Fusion fusion = new Fusion(TestRecall.settings());

  @Test
  void vector_scoresByCosine() {
    Round round = settled(asked(Mode.VECTOR), nearest(row("a", 0.9), row("b", 0.25)), words());
    assertEquals(List.of("a", "b"), ids(round));
    assertEquals(0.8, scored(round, 0).score(), EXACT);
    assertEquals(-0.5, scored(round, 1).score(), EXACT);
  }

  @Test
  void lexical_scoresByBm25() {
    Round round = settled(asked(Mode.LEXICAL), nearest(), words(row("a", 7.5), row("b", 3)));
    assertEquals(List.of("a", "b"), ids(round));
    assertEquals(7.5, scored(round, 0).score(), EXACT);
  }

  @Test
  void hybrid_addsCalibratedScoresByWeight() {
    // Cosines 0.8, 0.6, 0.4 are 3, 1 and -1 deviations of 0.1 above 0.5. The best BM25 of 8 is half
    // of 16: words are worth 16 / 4 times their share of the best, so 8, 4 and 2 give 4, 2 and 1.
    Found found = found(nearest(row("a", 0.9), row("b", 0.8)), words(row("c", 8), row("b", 4)));
    Found completed = found(nearest(row("c", 0.7)), words(row("a", 2)));
    Round round = fusion.round(TestRounds.round(asked(Mode.HYBRID)), found, completed);
    assertEquals(List.of("a", "b", "c"), ids(round));
    assertEquals(0.9 * 3 + 0.1 * 1, scored(round, 0).score(), EXACT);
    assertEquals(0.9 * 1 + 0.1 * 2, scored(round, 1).score(), EXACT);
    assertEquals(0.9 * -1 + 0.1 * 4, scored(round, 2).score(), EXACT);
    assertEquals(scored(round, 2).score(), scored(round, 2).relevance(), EXACT);
    Map<Stage, Standing> last = scored(round, 2).stages();
    assertEquals(0, last.get(Stage.VECTOR).rank(), "words alone brought it up");
    assertEquals(-1, last.get(Stage.VECTOR).calibrated(), EXACT);
    assertEquals(1, last.get(Stage.LEXICAL).rank());
    assertEquals(4, last.get(Stage.LEXICAL).calibrated(), EXACT);
  }

  @Test
  void hybrid_takesTheRequestsWeight() {
    for (double weight : new double[] {0, 0.5, 1}) {
      Fusing fusing = new Fusing(Fusing.Rule.SCORE, weight);
      Round round =
          settled(
              asked(Mode.HYBRID).with(Ranking.of(Mode.HYBRID, fusing)),
              nearest(row("a", 0.9), row("b", 0.8)),
              words(row("b", 8)));
      assertEquals(weight == 0 ? List.of("a", "b") : List.of("b", "a"), ids(round), "" + weight);
      double best = weight == 0 ? 3 : (1 - weight) * 1 + weight * 4;
      assertEquals(best, scored(round, 0).score(), EXACT);
    }
  }

  @Test
  void words_countInFullFromThatBestScoreOn_andNoMore() {
    Round rare = settled(asked(Mode.LEXICAL), nearest(), words(row("a", 16), row("b", 4)));
    assertEquals(16, calibrated(rare, 0), EXACT);
    assertEquals(4, calibrated(rare, 1), EXACT);
    Round page = settled(asked(Mode.LEXICAL), nearest(), words(row("a", 200), row("b", 50)));
    assertEquals(16, calibrated(page, 0), EXACT);
    assertEquals(4, calibrated(page, 1), EXACT);
    assertEquals(0, new Scale(new ActiveSpace().calibration(), 0, 16).words(0), EXACT);
  }

  private static double calibrated(Round round, int place) {
    return scored(round, place).stages().get(Stage.LEXICAL).calibrated();
  }

  @Test
  void rrf_sumsReciprocalRanks() {
    Round round =
        settled(
            asked(Mode.HYBRID).with(Ranking.of(Mode.HYBRID, TestRecall.RANKS)),
            nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7)),
            words(row("c", 9), row("b", 8), row("d", 7)));
    assertEquals(List.of("c", "b", "a", "d"), ids(round));
    assertEquals(1.0 / 63 + 1.0 / 61, scored(round, 0).score(), EXACT);
    assertEquals(2.0 / 62, scored(round, 1).score(), EXACT);
    assertEquals(1.0 / 61, scored(round, 2).score(), EXACT);
    assertEquals(1.0 / 63, scored(round, 3).score(), EXACT);
  }

  @Test
  void gaps_areWhatOnlyOneListHas() {
    Candidates near = nearest(row("a", 1), row("b", 1));
    Found both = found(near, words(row("b", 1), row("c", 1)));
    assertEquals(new Gaps(Set.of("c"), Set.of("a"), QUESTION), gaps(asked(Mode.HYBRID), both));
    assertTrue(gaps(asked(Mode.HYBRID), both).any());
    // No word matched: there is nothing to ask for.
    assertFalse(gaps(asked(Mode.HYBRID), found(near, words())).any());
    assertFalse(gaps(asked(Mode.VECTOR), both).any());
    assertFalse(
        gaps(asked(Mode.HYBRID).with(Ranking.of(Mode.HYBRID, TestRecall.RANKS)), both).any());
    // A relevance is made of both scores in every mode.
    for (Mode mode : Mode.values()) {
      assertTrue(gaps(asked(mode).with(new Threshold(null, 1.0)), both).any(), mode.word());
    }
    // No vector came in time: nothing can be compared with it.
    Candidates none = new Candidates(Stage.VECTOR, List.of(), Question.unanswered("away"));
    assertFalse(gaps(asked(Mode.HYBRID), found(none, words(row("b", 1)))).any());
  }

  private static Gaps gaps(RecallRequest request, Found found) {
    return Gaps.of(TestRounds.round(request), found);
  }

  @Test
  void hybrid_givesTheSameOrder_whicheverListComesFirst() {
    Candidates nearest = nearest(row("a", 0.9), row("b", 0.8));
    Candidates words = words(row("b", 9), row("c", 8));
    assertEquals(
        ids(settled(asked(Mode.HYBRID), nearest, words)),
        ids(settled(asked(Mode.HYBRID), words, nearest)));
  }

  @Test
  void ties_standAsTheSearchesBroughtThemUp() {
    assertEquals(
        List.of("b", "a"),
        ids(settled(asked(Mode.VECTOR), nearest(row("b", 0.5), row("a", 0.5)), words())));
  }

  @Test
  void limit_keepsTheBest() {
    Round round =
        settled(
            TestRecall.asked(Mode.VECTOR, 2),
            nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7)),
            words());
    assertEquals(List.of("a", "b"), ids(round));
    assertTrue(round.ranked().more());
  }

  @Test
  void minScore_leavesOutWhatIsBelow_inTheScoresOfTheMode() {
    Candidates nearest = nearest(row("a", 0.9), row("b", 0.75), row("c", 0.7));
    assertEquals(List.of("a", "b"), ids(settled(atLeast(Mode.VECTOR, 0.5), nearest, words())));
    assertEquals(List.of("a"), ids(settled(atLeast(Mode.HYBRID, 0.9 * 2), nearest, words())));
    assertEquals(
        List.of(), ids(settled(atLeast(Mode.LEXICAL, 5), nearest(), words(row("a", 4.9)))));
  }

  private static RecallRequest atLeast(Mode mode, double score) {
    return asked(mode).with(new Threshold(score, null));
  }

  @Test
  void minRelevance_isTheSameInEveryMode() {
    // Relevances: a 0.9 x 3 + 0.1 x 1 = 2.8, b 0.9 x 1 + 0.1 x 2 = 1.1, c 0.9 x -1 + 0.4 = -0.5.
    Found found = found(nearest(row("a", 0.9), row("b", 0.8)), words(row("c", 8), row("b", 4)));
    Found completed = found(nearest(row("c", 0.7)), words(row("a", 2)));
    for (Mode mode : Mode.values()) {
      for (double least : new double[] {-0.6, 1, 2.7, 2.9}) {
        RecallRequest request = asked(mode).with(new Threshold(null, least));
        Set<String> expected =
            least < 0 ? Set.of("a", "b", "c") : least < 2 ? Set.of("a", "b") : Set.of("a");
        Round round = fusion.round(TestRounds.round(request), found, completed);
        assertEquals(
            least > 2.8 ? Set.of() : expected, Set.copyOf(ids(round)), mode.word() + least);
      }
    }
  }

  @Test
  void freshness_addsWhatIsLeftOfTheWeight() {
    Date today = Date.from(NOW);
    Date lastMonth = Date.from(NOW.minus(Duration.ofDays(30)));
    Candidates near =
        nearest(
            row("old", 0.9).append("occurred_at", lastMonth),
            row("new", 0.89).append("occurred_at", today),
            row("timeless", 0.88));
    Freshness freshness = new Freshness(2, 30);
    Round vector = settled(fresh(Mode.VECTOR, freshness), near, words());
    assertEquals(List.of("new", "old", "timeless"), ids(vector));
    // A deviation is 0.1 in cosines: 2 x 0.1 for now, half of it after the half-life.
    assertEquals(0.78 + 0.2, scored(vector, 0).score(), EXACT);
    assertEquals(0.8 + 0.1, scored(vector, 1).score(), EXACT);
    assertEquals(0.76, scored(vector, 2).score(), EXACT);
    assertEquals(0.5, scored(vector, 1).freshness(), EXACT);
    Round hybrid = settled(fresh(Mode.HYBRID, freshness), near, words());
    assertEquals(0.9 * 2.8 + 2, scored(hybrid, 0).score(), 1e-9);
    assertEquals(0.9 * 2.8, scored(hybrid, 0).relevance(), 1e-9, "relevance knows no age");
    Candidates worded = words(row("a", 4).append("occurred_at", today), row("b", 3));
    assertEquals(
        4 + 2, scored(settled(fresh(Mode.LEXICAL, freshness), nearest(), worded), 0).score());
  }

  private static RecallRequest fresh(Mode mode, Freshness freshness) {
    return asked(mode).with(new Ranking(mode, TestRecall.SCORES, freshness, null));
  }

  @Test
  void explain_showsRankAndScoreOfEachSearchThatFoundIt() {
    Round round =
        settled(asked(Mode.HYBRID), nearest(row("a", 0.9), row("b", 0.8)), words(row("b", 8)));
    assertEquals(
        List.of(Stage.VECTOR, Stage.LEXICAL), List.copyOf(scored(round, 1).stages().keySet()));
    Standing vector = scored(round, 1).stages().get(Stage.VECTOR);
    assertEquals(2, vector.rank());
    assertEquals(0.6, vector.score(), EXACT);
    assertEquals(new Standing(1, 8, 4), scored(round, 1).stages().get(Stage.LEXICAL));
    assertEquals(List.of(Stage.VECTOR), List.copyOf(scored(round, 0).stages().keySet()));
  }

  @Test
  void round_isFollowedByAWiderOne_whereTheListsProveNothing() {
    // Both lists are full: something else may have 0.9 x 1 + 0.1 x 3, more than b.
    Round narrow = TestRounds.round(TestRecall.asked(Mode.HYBRID, 2), 2);
    Found lists = found(nearest(row("a", 0.9), row("b", 0.8)), words(row("c", 8), row("a", 6)));
    Found rest = found(nearest(row("c", 0.6)), words(row("b", 1)));
    Round wider = fusion.round(narrow, lists, rest);
    assertTrue(wider.open());
    assertEquals(8, wider.pool());
    assertEquals(QUESTION, wider.question());
    // One result is proven: a has 0.9 x 3 + 0.1 x 3.
    assertFalse(fusion.round(TestRounds.round(asked1(), 2), lists, rest).open());
    // And the lists grow no further than they may.
    Fusion bounded = new Fusion(TestRecall.settings(2, 2));
    assertFalse(bounded.round(narrow, lists, rest).open());
  }

  private static RecallRequest asked1() {
    return TestRecall.asked(Mode.HYBRID, 1);
  }

  @Test
  void round_isTheLastOne_whereTheRequestSaysHowManyCandidates() {
    Ranking three = new Ranking(Mode.VECTOR, TestRecall.SCORES, null, 3);
    Round round =
        fusion.round(
            TestRounds.round(asked(Mode.VECTOR).with(three), 3),
            found(nearest(row("a", 0.9), row("b", 0.8), row("c", 0.7))),
            Found.nothing());
    assertEquals(List.of("a", "b", "c"), ids(round));
    assertFalse(round.ranked().more());
  }

  @Test
  void round_isTheLastOne_whereNothingElseCanReachTheThreshold() {
    Found found = found(nearest(row("a", 0.9), row("b", 0.6)));
    Round round = TestRounds.round(atLeast(Mode.VECTOR, 0.5), 2);
    assertEquals(List.of("a"), ids(fusion.round(round, found, Found.nothing())));
    Round low = TestRounds.round(atLeast(Mode.VECTOR, 0.1), 2);
    assertTrue(fusion.round(low, found, Found.nothing()).open());
  }

  @Test
  void page_goesOnBehindTheLastResult_orBehindItsScoreWhenThatIsGone() {
    Candidates near = nearest(row("acme:a", 0.9), row("acme:b", 0.8), row("acme:c", 0.7));
    for (String last : List.of("b", "gone")) {
      RecallRequest request =
          asked(Mode.VECTOR)
              .with(new Page(5, TestCursors.behind(asked(Mode.VECTOR), 2, 0.6, last)));
      assertEquals(List.of("acme:c"), ids(settled(request, near, words())), last);
    }
  }

  @Test
  void words_answerAlone_whereNoVectorCame() {
    Candidates none = new Candidates(Stage.VECTOR, List.of(), Question.unanswered("away"));
    Round round = settled(asked(Mode.HYBRID), none, words(row("a", 8), row("b", 4)));
    assertEquals(List.of("a", "b"), ids(round));
    assertEquals(0.1 * 4, scored(round, 0).score(), EXACT);
    assertTrue(Double.isNaN(scored(round, 0).relevance()), "who knows how near it is");
    assertEquals("away", round.question().away());
  }

  @Test
  void candidateLists_putBothListsIntoOneBody() {
    CandidateLists joining = new CandidateLists();
    Exchange first = joining.aggregate(null, exchange(nearest(row("a", 0.9))));
    Exchange both = joining.aggregate(first, exchange(words(row("b", 1))));
    assertEquals(
        List.of(Stage.VECTOR, Stage.LEXICAL),
        both.getMessage().getBody(Found.class).lists().stream().map(Candidates::stage).toList());
  }

  @Test
  void candidateLists_leaveOutABranchThatFailed() {
    Exchange only = new CandidateLists().aggregate(null, exchange(Map.of("not", "candidates")));
    assertEquals(List.of(), only.getMessage().getBody(Found.class).lists());
  }

  private Round settled(RecallRequest request, Candidates... lists) {
    Round round = fusion.round(TestRounds.round(request), found(lists), Found.nothing());
    assertFalse(round.open());
    return round;
  }

  private static RecallRequest asked(Mode mode) {
    return TestRecall.asked(mode, 9);
  }

  private static Scored scored(Round round, int place) {
    return round.ranked().page().get(place);
  }

  private static Exchange exchange(Object body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(body);
    return exchange;
  }
}
