package org.hippocamel.embedded.tei.core;

import java.util.Locale;

/** How a text's vector is made of the vectors of its tokens. */
public enum Pooling {
  /** The first token's. */
  CLS,
  /** The mean of all. */
  MEAN,
  /** The last token's. */
  LAST_TOKEN;

  /** As {@code /info} tells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @param states one row per token, at least one
   * @return a fresh array, or one of the rows
   */
  public float[] pool(float[][] states) {
    return switch (this) {
      case CLS -> states[0];
      case LAST_TOKEN -> states[states.length - 1];
      case MEAN -> mean(states);
    };
  }

  private static float[] mean(float[][] states) {
    float[] mean = new float[states[0].length];
    for (float[] state : states) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += state[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= states.length;
    }
    return mean;
  }
}
