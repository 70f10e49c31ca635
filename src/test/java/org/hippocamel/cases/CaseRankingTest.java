package org.hippocamel.cases;

import static org.hippocamel.cases.TestBank.list;
import static org.hippocamel.cases.TestBank.none;
import static org.hippocamel.cases.TestBank.search;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.hippocamel.cases.TestBank.At;
import org.hippocamel.config.CaseSettings;
import org.junit.jupiter.api.Test;

class CaseRankingTest {
  private static final Arm SIMILARITY = new Arm(Ranking.SIMILARITY, Arm.Group.CHOSEN);
  private static final Arm VALUE = new Arm(Ranking.VALUE, Arm.Group.LEARNED);
  private static final Arm KERNEL = new Arm(Ranking.KERNEL, Arm.Group.LEARNED);

  @Test
  void value_letsAProvenCaseOvertakeANearerOne() {
    At near = new At("near", 20, 8, 1);
    At proven = new At("proven", -30, 8, 8);
    assertEquals(List.of("near", "proven"), ranked(SIMILARITY, near, proven));
    assertEquals(List.of("proven", "near"), ranked(VALUE, near, proven));
  }

  @Test
  void value_withoutOutcomesLeavesTheOrderOfSimilarity() {
    At near = new At("near", 20, 0, 0);
    At far = new At("far", -30, 0, 0);
    assertEquals(List.of("near", "far"), ranked(VALUE, far, near));
  }

  @Test
  void score_isSimilarityTimesValue_andShareIsItsPart() {
    CaseReply reply =
        reply(VALUE, list(search(2, 0), true, new At("a", 0, 2, 2), new At("b", 40, 0, 0)));
    Example first = reply.positives().get(0);
    assertEquals(1, first.similarity(), 1e-6, "the same problem");
    assertEquals(8, first.deviations(), 1e-6);
    assertEquals(0.75, first.value(), 1e-9);
    assertEquals(0.75, first.score(), 1e-6);
    Example second = reply.positives().get(1);
    double similarity = (Math.cos(Math.toRadians(40)) - 0.2) / 0.8;
    assertEquals(similarity, second.similarity(), 1e-6);
    assertEquals(0.5 * similarity, second.score(), 1e-6);
    assertEquals(1, first.share() + second.share(), 1e-12);
    assertEquals(second.score() / first.score(), second.share() / first.share(), 1e-9);
  }

  @Test
  void warning_isTheBetterTheSurerItsSolutionFails() {
    CaseSearch search = search(0, 2);
    Shortlist negatives =
        list(search, false, new At("doubtful", 20, 3, 1), new At("hopeless", -22, 9, 0));
    CaseReply reply = ranking().reply(empty(search), negatives, VALUE, List.of());
    assertEquals(List.of("hopeless", "doubtful"), ids(reply.negatives()));
  }

  @Test
  void nearDuplicates_areShownOnce_theBestOfThem() {
    CaseReply reply =
        reply(
            VALUE,
            list(
                search(3, 0),
                true,
                new At("a", 20, 0, 0),
                new At("a2", 22, 9, 9),
                new At("a3", 21, 1, 1),
                new At("b", 60, 0, 0)));
    assertEquals(List.of("a2", "b"), ids(reply.positives()));
  }

  @Test
  void nothing_isShownWhereNothingIsNearEnough() {
    At far = new At("far", 70, 9, 9);
    assertEquals(1.4, (Math.cos(Math.toRadians(70)) - 0.2) / 0.1, 0.03, "deviations");
    CaseReply reply = reply(VALUE, list(search(3, 0), true, far));
    assertTrue(reply.noSimilarCase());
    CaseReply mixed = reply(VALUE, list(search(3, 0), true, far, new At("near", 10, 0, 0)));
    assertFalse(mixed.noSimilarCase());
    assertEquals(2, mixed.positives().size(), "the nearest decides");
  }

  @Test
  void kernel_believesWhatHappenedAtProblemsLikeThisOne() {
    At there = new At("there", 25, 4, 2);
    At elsewhere = new At("elsewhere", -20, 4, 2);
    List<Document> log =
        List.of(
            entry("1", "there", 1, 0),
            entry("2", "there", 0, 90),
            entry("3", "elsewhere", 0, 0),
            entry("4", "elsewhere", 1, 90));
    Shortlist list = list(search(2, 0), true, elsewhere, there);
    assertEquals(
        List.of("there", "elsewhere"),
        ids(ranking().reply(list, none(list.search()), KERNEL, log).positives()));
    assertEquals(List.of("elsewhere", "there"), ids(reply(VALUE, list).positives()));
  }

  @Test
  void arm_isTheRequestsOwn_orTheSettings() {
    CaseRanking ranking = ranking("value", 0);
    assertEquals(
        new Arm(Ranking.KERNEL, Arm.Group.CHOSEN),
        ranking.arm(search(3, 0, Ranking.KERNEL, "run")));
    assertEquals(new Arm(Ranking.VALUE, Arm.Group.CHOSEN), ranking.arm(search(3, 0, null, null)));
    assertEquals(new Arm(Ranking.VALUE, Arm.Group.LEARNED), ranking.arm(search(3, 0, null, "run")));
    assertEquals(
        new Arm(Ranking.SIMILARITY, Arm.Group.CHOSEN),
        ranking("similarity", 1).arm(search(3, 0, null, "run")));
  }

  @Test
  void arm_ofAShareOfTheRunsIsTheHoldout_alwaysTheSameOnes() {
    CaseRanking ranking = ranking("kernel", 0.05);
    List<Arm> arms =
        IntStream.range(0, 20_000)
            .mapToObj(run -> ranking.arm(search(3, 0, null, "run-" + run)))
            .toList();
    Arm holdout = new Arm(Ranking.SIMILARITY, Arm.Group.HOLDOUT);
    double share = arms.stream().filter(holdout::equals).count() / 20_000.0;
    assertEquals(0.05, share, 0.005);
    int held = arms.indexOf(holdout);
    assertEquals(holdout, ranking.arm(search(9, 9, null, "run-" + held)));
  }

  private static List<String> ranked(Arm arm, At... cases) {
    return ids(reply(arm, list(search(9, 0), true, cases)).positives());
  }

  private static CaseReply reply(Arm arm, Shortlist positives) {
    return ranking().reply(positives, none(positives.search()), arm, List.of());
  }

  private static Shortlist empty(CaseSearch search) {
    return list(search, true);
  }

  private static CaseRanking ranking() {
    return ranking("value", 0);
  }

  private static CaseRanking ranking(String usual, double holdout) {
    CaseSettings settings = TestLog.settings(usual, holdout);
    return new CaseRanking(
        TestBank.space(), settings.search(), new Judging(settings, TestLog.CLOCK));
  }

  private static Document entry(String id, String caseId, double reward, double degrees) {
    return TestLog.credit(id, reward, 1, TestBank.place(degrees))
        .ofCase("acme:" + caseId)
        .toDocument("acme", TestLog.NOW)
        .append("_id", "acme:" + id);
  }

  private static List<String> ids(List<Example> examples) {
    return examples.stream().map(example -> example.key().substring("acme:".length())).toList();
  }
}
