package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hippocamel.eval.Metric.Measure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every expected value is worked out by hand beside it. */
class MetricTest {
  private static final double EXACT = 1e-12;

  /** Four relevant documents, one of them not found; x and y are not judged, n is judged 0. */
  private static final Map<String, Integer> GRADES = Map.of("a", 3, "b", 1, "c", 2, "d", 1, "n", 0);

  @ParameterizedTest
  @CsvSource({
    "1, 0",
    "3, 0.5",
    "5, 0.75",
    "10, 0.75",
  })
  void recall_isTheShareOfTheRelevantOnes(int depth, double expected) {
    // x, a, b, n, c: at 3 a and b of four, at 5 a, b and c
    assertEquals(expected, value(Measure.RECALL, depth, "x", "a", "b", "n", "c", "y"), EXACT);
  }

  @Test
  void hit_asksForOneRelevantDocument() {
    assertEquals(0, value(Measure.HIT, 1, "x", "d"), EXACT);
    assertEquals(1, value(Measure.HIT, 3, "x", "d"), EXACT);
    assertEquals(0, value(Measure.HIT, 3, "x", "n", "y", "a"), EXACT);
  }

  @Test
  void mrr_isOneOverTheFirstRelevantRank() {
    assertEquals(1.0 / 3, value(Measure.MRR, 10, "x", "n", "d", "a"), EXACT);
    assertEquals(0, value(Measure.MRR, 2, "x", "n", "d"), EXACT);
  }

  @Test
  void ndcg_gainsTheGrade_overTheBestOrder() {
    // gains 0 3 1 0 2: 3/log2(3) + 1/log2(4) + 2/log2(6) = 1.892789 + 0.5 + 0.773706
    // best  3 2 1 1:   3/log2(2) + 2/log2(3) + 1/log2(4) + 1/log2(5) = 3 + 1.261860 + 0.5 +
    // 0.430677
    assertEquals(3.166495 / 5.192536, value(Measure.NDCG, 10, "x", "a", "b", "n", "c"), 1e-6);
  }

  @Test
  void ndcg_cutsTheBestOrderToo() {
    // gains 0 3: 1.892789; best 3 2: 4.261860
    assertEquals(1.892789 / 4.261860, value(Measure.NDCG, 2, "x", "a", "c"), 1e-6);
    assertEquals(1, value(Measure.NDCG, 2, "a", "c", "x"), EXACT);
  }

  @Test
  void map_averagesThePrecisions_overAllRelevantOnes() {
    // a at 2, b at 3, c at 5: (1/2 + 2/3 + 3/5) / 4
    assertEquals(
        (0.5 + 2.0 / 3 + 0.6) / 4, value(Measure.MAP, 100, "x", "a", "b", "n", "c"), EXACT);
    assertEquals((0.5 + 2.0 / 3) / 4, value(Measure.MAP, 4, "x", "a", "b", "n", "c"), EXACT);
  }

  @Test
  void nothingRelevant_scoresZero() {
    for (Metric metric : Metric.all()) {
      assertEquals(0, metric.value(ranking("a"), Map.of()), metric.word());
      assertEquals(0, metric.value(ranking("a"), Map.of("a", 0)), metric.word());
      assertEquals(0, metric.value(ranking(), GRADES), metric.word());
    }
  }

  @Test
  void negativeGrade_countsAsNone() {
    assertEquals(0, new Metric(Measure.NDCG, 10).value(ranking("a"), Map.of("a", -2, "b", 1)));
  }

  @Test
  void perfectRanking_scoresOne() {
    for (Metric metric : Metric.all()) {
      assertEquals(1, metric.value(ranking("a"), Map.of("a", 1)), EXACT, metric.word());
    }
  }

  @Test
  void of_knowsItsWord() {
    for (Metric metric : Metric.all()) {
      assertEquals(metric, Metric.of(metric.word()));
    }
    assertThrows(IllegalArgumentException.class, () -> Metric.of("nDCG@11"));
  }

  @Test
  void ranking_isTrecEvals_greatestIdFirstAmongEqualScores() {
    List<Ranking.Scored> scored =
        List.of(
            new Ranking.Scored("a", 1),
            new Ranking.Scored("c", 1),
            new Ranking.Scored("b", 1 + 1e-12), // the same as a float
            new Ranking.Scored("d", 2));
    assertEquals(List.of("d", "c", "b", "a"), Ranking.of(scored).documents());
  }

  @Test
  void ranking_comparesIdsByteByByte() {
    // As UTF-16 the first is the smaller one, as UTF-8 the greater one.
    List<String> ids = List.of("\uD83D\uDE00", "\uFF21");
    assertEquals(
        ids, Ranking.of(ids.stream().map(id -> new Ranking.Scored(id, 1)).toList()).documents());
  }

  private static double value(Measure measure, int depth, String... documents) {
    return new Metric(measure, depth).value(ranking(documents), GRADES);
  }

  private static Ranking ranking(String... documents) {
    return new Ranking(Arrays.asList(documents));
  }
}
