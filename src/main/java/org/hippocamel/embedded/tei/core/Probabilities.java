package org.hippocamel.embedded.tei.core;

/** Logits to probabilities, in float as the reference does. */
final class Probabilities {
  private Probabilities() {}

  /**
   * The sigmoid of a single logit, the softmax of several.
   *
   * @param logits at least one
   * @return a fresh array of values in [0, 1]; from about 17 up a sigmoid is exactly 1
   */
  static float[] of(float[] logits) {
    return logits.length == 1 ? new float[] {sigmoid(logits[0])} : softmax(logits);
  }

  private static float sigmoid(float x) {
    return 1 / (1 + (float) Math.exp(-x));
  }

  private static float[] softmax(float[] logits) {
    float max = Float.NEGATIVE_INFINITY;
    for (float x : logits) {
      max = Math.max(max, x);
    }
    float[] shares = new float[logits.length];
    float sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) Math.exp(logits[i] - max);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
