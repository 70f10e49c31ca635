package org.hippocamel.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageRankTest {
  private static final double EXACT = 1e-6;

  /** By hand: a = 1/2 + b/2 and b = a/2. */
  @Test
  void twoNeighbours_shareTheRankOfTheSeed() {
    PageRank graph =
        new PageRank(List.of("a", "b"), Map.of("k", List.of("a", "b")), Map.of("k", 2));
    assertArrayEquals(new double[] {2.0 / 3, 1.0 / 3}, graph.ranks(Map.of("a", 1.0), 0.5), EXACT);
  }

  /**
   * By hand. From a: p = ln 51 / (ln 51 + ln 3) of the walkers take the rare key to b, the others
   * the common one to c or d. So b = p a / 2; c = d = ((1 - p) a / 2 + c / 2) / 2, that is c = (1 -
   * p) a / 3; and a = 1/2 + (b + c/2 + d/2) / 2.
   */
  @Test
  void rareKeys_sayMoreThanCommonOnes() {
    PageRank graph =
        new PageRank(
            List.of("a", "b", "c", "d"),
            Map.of("rare", List.of("a", "b"), "common", List.of("a", "c", "d")),
            Map.of("rare", 2, "common", 50));
    double p = Math.log(51) / (Math.log(51) + Math.log(3));
    double a = 0.5 / (1 - p / 4 - (1 - p) / 6);
    assertArrayEquals(
        new double[] {a, p * a / 2, (1 - p) * a / 3, (1 - p) * a / 3},
        graph.ranks(Map.of("a", 1.0), 0.5),
        EXACT);
  }

  @Test
  void whoHasNoNeighbours_keepsItsShare_andLosesNothingToOthers() {
    PageRank graph =
        new PageRank(List.of("a", "b", "lone"), Map.of("k", List.of("a", "b")), Map.of("k", 2));
    double[] ranks = graph.ranks(Map.of("a", 0.5, "lone", 0.5), 0.5);
    assertEquals(0.25, ranks[2], EXACT);
    assertTrue(ranks[0] > 0.25, "a gets back what b hands on");
  }

  @Test
  void withoutKeysOrSeeds_nothingMoves() {
    PageRank empty = new PageRank(List.of("a", "b"), Map.of(), Map.of());
    assertArrayEquals(new double[] {0.5, 0}, empty.ranks(Map.of("a", 1.0), 0.5), EXACT);
    PageRank graph =
        new PageRank(List.of("a", "b"), Map.of("k", List.of("a", "b")), Map.of("k", 2));
    assertArrayEquals(new double[] {0, 0}, graph.ranks(Map.of(), 0.5), EXACT);
    assertArrayEquals(new double[] {1, 0}, graph.ranks(Map.of("a", 1.0), 0), EXACT);
  }

  @Test
  void ranks_addUpToNoMoreThanOne_whateverTheGraph() {
    java.util.Random random = new java.util.Random(3);
    List<String> ids = java.util.stream.IntStream.range(0, 60).mapToObj(i -> "m" + i).toList();
    Map<String, List<String>> members = new java.util.TreeMap<>();
    Map<String, Integer> sizes = new java.util.TreeMap<>();
    for (int key = 0; key < 40; key++) {
      List<String> some = ids.stream().filter(id -> random.nextInt(10) == 0).toList();
      if (some.size() > 1) {
        members.put("k" + key, some);
        sizes.put("k" + key, some.size() + random.nextInt(30));
      }
    }
    double[] ranks = new PageRank(ids, members, sizes).ranks(Map.of("m0", 0.3, "m7", 0.7), 0.85);
    assertTrue(Arrays.stream(ranks).allMatch(rank -> rank >= 0));
    assertTrue(Arrays.stream(ranks).sum() <= 1 + EXACT);
  }
}
