package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hippocamel.eval.Comparison.Verdict;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void verdict_namesTheWinner_whenTheIntervalLeavesZeroOut() {
    Run low = run("vector", constant(40, 0.4));
    Run high = run("hybrid", constant(40, 0.5));
    assertEquals(Verdict.SECOND, of(low, high, Metric.NDCG_10).verdict());
    assertEquals(Verdict.FIRST, of(high, low, Metric.NDCG_10).verdict());
    assertEquals(
        "hybrid is better than vector: nDCG@10 of hybrid +0.1000 [+0.1000, +0.1000]",
        of(low, high, Metric.NDCG_10).sentence());
    assertEquals(
        "hybrid is better than vector: nDCG@10 of vector -0.1000 [-0.1000, -0.1000]",
        of(high, low, Metric.NDCG_10).sentence());
  }

  @Test
  void verdict_isOpen_whenTheIntervalHoldsZero() {
    double[] mixed = constant(40, 0.5);
    IntStream.range(0, 20).forEach(i -> mixed[i] = 0.3);
    Comparison pair = of(run("a", constant(40, 0.4)), run("b", mixed), Metric.NDCG_10);
    assertEquals(Verdict.UNDECIDED, pair.verdict());
    assertEquals("too few queries to tell b from a", pair.sentence().split(":")[0]);
  }

  @Test
  void verdict_isAlike_whenTheIntervalIsCloseToZero() {
    double[] nearly = constant(40, 0.4);
    IntStream.range(0, 40).forEach(i -> nearly[i] += i % 2 == 0 ? 0.001 : -0.001);
    Comparison pair = of(run("a", constant(40, 0.4)), run("b", nearly), Metric.NDCG_10);
    assertEquals(Verdict.ALIKE, pair.verdict());
    assertEquals("b and a are alike", pair.sentence().split(":")[0]);
  }

  @Test
  void verdict_isOpen_forAHandfulOfQueries() {
    Comparison pair = of(run("a", constant(29, 0)), run("b", constant(29, 1)), Metric.NDCG_10);
    assertEquals(Verdict.UNDECIDED, pair.verdict());
  }

  @Test
  void all_comparesEachWithEach() {
    List<Run> runs =
        List.of(run("a", constant(3, 0)), run("b", constant(3, 0)), run("c", constant(3, 0)));
    assertEquals(
        List.of("a-b", "a-c", "b-c"),
        Comparison.all(runs, Metric.NDCG_10).stream()
            .map(pair -> pair.first() + "-" + pair.second())
            .toList());
  }

  @Test
  void of_wantsTheSameQueries() {
    assertThrows(
        IllegalArgumentException.class,
        () -> of(run("a", constant(3, 0)), run("b", constant(4, 0)), Metric.NDCG_10));
  }

  private static Comparison of(Run first, Run second, Metric metric) {
    return Comparison.all(List.of(first, second), metric).get(0);
  }

  private static double[] constant(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }

  private static Run run(String name, double[] values) {
    Map<Metric, double[]> all = new LinkedHashMap<>();
    Metric.all().forEach(metric -> all.put(metric, values));
    List<String> queries = IntStream.range(0, values.length).mapToObj(i -> "q" + i).toList();
    return new Run(name, queries, all, new Latency(1, 2));
  }
}
