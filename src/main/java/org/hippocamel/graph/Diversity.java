package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Calibration;

/**
 * Chooses the memories of a context: the best ones, or, where repetitions are kept back, by maximal
 * marginal relevance (Carbonell and Goldstein 1998), greedily: each next one has the most of {@code
 * lambda score - (1 - lambda) likeness} to the most alike of those chosen before.
 *
 * <p>Likeness is a cosine on the space's own scale: 0 is what two unrelated memories have, 1 is the
 * same text. Where a vector is missing it is 0.
 */
public final class Diversity {
  private final ActiveSpace space;

  public Diversity(ActiveSpace space) {
    this.space = space;
  }

  /** The first {@code k}, in the order they were chosen. */
  public List<Candidate> choose(ContextRequest request, Ranked ranked) {
    List<Candidate> candidates = ranked.candidates();
    if (!request.diverse()) {
      return candidates.stream().limit(request.k()).toList();
    }
    Calibration calibration = space.calibration(request.question().space());
    List<Candidate> left = new ArrayList<>(candidates);
    double[] likest = new double[candidates.size()];
    List<Candidate> chosen = new ArrayList<>();
    while (chosen.size() < request.k() && chosen.size() < candidates.size()) {
      int best = best(left, likest, request.lambda());
      Candidate next = left.set(best, null);
      chosen.add(next);
      for (int i = 0; i < likest.length; i++) {
        if (left.get(i) != null) {
          likest[i] =
              Math.max(likest[i], likeness(calibration, left.get(i).vector(), next.vector()));
        }
      }
    }
    return chosen;
  }

  /** The first of the best: candidates come best first, so ties keep their order. */
  private static int best(List<Candidate> left, double[] likest, double lambda) {
    int best = -1;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != null) {
        double worth = lambda * left.get(i).score() - (1 - lambda) * likest[i];
        if (worth > most) {
          most = worth;
          best = i;
        }
      }
    }
    return best;
  }

  private static double likeness(Calibration calibration, float[] a, float[] b) {
    return a == null || b == null ? 0 : calibration.likeness(a, b);
  }
}
