package org.hippocamel.rerank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreScaleTest {
  private final ScoreScale scale = new ScoreScale();

  @Test
  void probabilities_stayAsTheyAre() {
    assertEquals(List.of(0f, 0.25f, 1f), scale.probabilities(new float[] {0, 0.25f, 1}));
  }

  @Test
  void oneScoreOutside_makesLogitsOfAll_andOfAllThatFollow() {
    assertEquals(List.of(0.5f, sigmoid(-2.5)), scale.probabilities(new float[] {0, -2.5f}));
    assertEquals(List.of(sigmoid(0.5)), scale.probabilities(new float[] {0.5f}));
    scale.forget();
    assertEquals(List.of(0.5f), scale.probabilities(new float[] {0.5f}));
  }

  @Test
  void hugeLogits_areCertain() {
    assertEquals(List.of(1f, 0f), scale.probabilities(new float[] {1e30f, -1e30f}));
  }

  @Test
  void roundingErrors_makeNoLogits() {
    assertEquals(List.of(1f, 0f), scale.probabilities(new float[] {1.0000001f, -1e-7f}));
  }

  @Test
  void refusedTexts_comeLast() {
    assertEquals(List.of(0f, 0.5f), scale.probabilities(new float[] {Float.NaN, 0.5f}));
    assertEquals(List.of(0f, sigmoid(2)), scale.probabilities(new float[] {Float.NaN, 2}));
  }

  private static float sigmoid(double logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }
}
