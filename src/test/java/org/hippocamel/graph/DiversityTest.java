package org.hippocamel.graph;

import static org.hippocamel.graph.TestContexts.candidate;
import static org.hippocamel.graph.TestContexts.request;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.hippocamel.spaces.TestSpaces;
import org.junit.jupiter.api.Test;

class DiversityTest {
  /** Not calibrated: unrelated memories are taken to have a cosine of 0.6. */
  private final Diversity diversity = new Diversity(TestSpaces.active(TestSpaces.small()));

  private List<String> chosen(int k, Double lambda, Candidate... candidates) {
    return diversity.choose(request(k, lambda), Ranked.of(List.of(candidates))).stream()
        .map(Candidate::id)
        .toList();
  }

  @Test
  void best_areChosen_whereRepetitionsMayStay() {
    assertEquals(
        List.of("a", "b"),
        chosen(
            2,
            null,
            candidate("a", 1, 1, 0),
            candidate("b", 0.9, 1, 0),
            candidate("c", 0.1, 0, 1)));
  }

  /**
   * By hand, lambda 0.7: after a, b is worth 0.7 x 0.9 - 0.3 x 1 = 0.33, c 0.7 x 0.6 - 0 = 0.42.
   */
  @Test
  void repetition_stepsBack_behindSomethingNew() {
    Candidate a = candidate("a", 1, 1, 0);
    Candidate b = candidate("b", 0.9, 1, 0);
    Candidate c = candidate("c", 0.6, 0, 1);
    assertEquals(List.of("a", "c", "b"), chosen(3, 0.7, a, b, c));
    assertEquals(List.of("a", "b", "c"), chosen(3, 1.0, a, b, c));
  }

  /** A cosine of 0.6 is what any two memories have: it is no likeness. */
  @Test
  void likeness_beginsAboveWhatUnrelatedMemoriesHave() {
    Candidate a = candidate("a", 1, 1, 0);
    Candidate b = candidate("b", 0.9, 0.6f, 0.8f);
    Candidate c = candidate("c", 0.89, 0, 1);
    assertEquals(List.of("a", "b", "c"), chosen(3, 0.5, a, b, c));
  }

  @Test
  void missingVectors_areLikeNothing_andFewCandidatesAreAllChosen() {
    Candidate a = candidate("a", 1, 1, 0);
    Candidate b = candidate("b", 0.2);
    assertEquals(List.of("a", "b"), chosen(5, 0.7, a, b));
    assertEquals(List.of(), chosen(5, 0.7));
  }
}
