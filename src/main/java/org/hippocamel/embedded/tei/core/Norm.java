package org.hippocamel.embedded.tei.core;

import java.util.Arrays;

/** The last step of an embedding: shorter and of unit length, when asked for. */
final class Norm {
  private Norm() {}

  /**
   * Cuts first, then scales, as TEI does. The squares are summed in double and the scale is rounded
   * to float once, so the result has the same bits as the reference for the same input.
   *
   * @param vector changed in place unless cut
   */
  static float[] apply(float[] vector, Integer dimensions, boolean normalize) {
    boolean cut = dimensions != null && dimensions < vector.length;
    float[] result = cut ? Arrays.copyOf(vector, dimensions) : vector;
    if (normalize) {
      double squares = 0;
      for (float value : result) {
        squares += (double) value * value;
      }
      float scale = (float) (1 / Math.sqrt(squares));
      for (int i = 0; i < result.length; i++) {
        result[i] *= scale;
      }
    }
    return result;
  }
}
