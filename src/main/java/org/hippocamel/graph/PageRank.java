package org.hippocamel.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Personalised PageRank over memories and the keys they share: {@code r = (1 - d) v + d P r}. A
 * walker on a memory takes one of its keys with a chance of {@code 1 / ln(1 + size)}, and from
 * there any other memory that has it; with {@code 1 - d} it begins anew at a seed. What reaches a
 * memory without a way on is lost, so that nobody's rank falls because others have neighbours.
 */
final class PageRank {
  private static final double PRECISION = 1e-9;
  private static final int MOST_ROUNDS = 100;

  private final List<String> ids;
  private final int[][] members;
  private final double[] keyWeights;
  private final double[] outgoing;

  /**
   * @param members of each key, two at least
   * @param sizes of each key in the whole tenant
   */
  PageRank(List<String> ids, Map<String, List<String>> members, Map<String, Integer> sizes) {
    this.ids = ids;
    Map<String, Integer> at = new TreeMap<>();
    for (int i = 0; i < ids.size(); i++) {
      at.put(ids.get(i), i);
    }
    this.members = new int[members.size()][];
    this.keyWeights = new double[members.size()];
    this.outgoing = new double[ids.size()];
    int key = 0;
    for (Map.Entry<String, List<String>> shared : new TreeMap<>(members).entrySet()) {
      this.members[key] = shared.getValue().stream().mapToInt(at::get).toArray();
      keyWeights[key] = weight(sizes.get(shared.getKey()));
      for (int i : this.members[key]) {
        outgoing[i] += keyWeights[key];
      }
      key++;
    }
  }

  /** What a key says that so many share. */
  static double weight(int size) {
    return 1 / Math.log(1 + Math.max(2, size));
  }

  /** The rank of each memory; with seeds that add up to 1, at most that all together. */
  double[] ranks(Map<String, Double> seeds, double damping) {
    double[] start = new double[ids.size()];
    for (int i = 0; i < start.length; i++) {
      start[i] = (1 - damping) * seeds.getOrDefault(ids.get(i), 0.0);
    }
    double[] ranks = start.clone();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = step(ranks, damping);
      double change = 0;
      for (int i = 0; i < next.length; i++) {
        next[i] += start[i];
        change += Math.abs(next[i] - ranks[i]);
      }
      ranks = next;
      if (change < PRECISION) {
        break;
      }
    }
    return ranks;
  }

  private double[] step(double[] ranks, double damping) {
    double[] next = new double[ranks.length];
    for (int key = 0; key < members.length; key++) {
      int[] sharing = members[key];
      double each = damping * keyWeights[key] / (sharing.length - 1);
      double handedOn =
          Arrays.stream(sharing).mapToDouble(i -> each * ranks[i] / outgoing[i]).sum();
      for (int i : sharing) {
        next[i] += handedOn - each * ranks[i] / outgoing[i];
      }
    }
    return next;
  }
}
