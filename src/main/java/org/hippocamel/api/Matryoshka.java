package org.hippocamel.api;

import java.util.Arrays;

/**
 * Shorter vectors of models that are trained so that the first values of a vector are a vector
 * themselves. Cut here and not by TEI's {@code dimensions}, so that callers who want different
 * lengths still share a call; the result is the same, for TEI cuts before it normalises and a cut
 * vector has the same direction either way.
 */
final class Matryoshka {
  private Matryoshka() {}

  /**
   * The first values, scaled to unit length; the vector itself when it is no longer than that.
   *
   * @param dimensions at least 1
   */
  static float[] cut(float[] vector, int dimensions) {
    if (vector.length <= dimensions) {
      return vector;
    }
    float[] cut = Arrays.copyOf(vector, dimensions);
    double squares = 0;
    for (float value : cut) {
      squares += (double) value * value;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; length > 0 && i < dimensions; i++) {
      cut[i] = (float) (cut[i] / length);
    }
    return cut;
  }
}
