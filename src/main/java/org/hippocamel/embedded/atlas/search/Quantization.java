package org.hippocamel.embedded.atlas.search;

import java.util.List;

/**
 * What the nodes of a graph hold of a vector. The full floats are always kept beside them: exact
 * searches read those, and so does the second look at what a walk over bits brought up.
 */
enum Quantization {
  /** The floats themselves. */
  NONE,

  /** A byte for each dimension, between the least and the largest value; scores are of these. */
  SCALAR,

  /**
   * A bit for each dimension: whether it is above 0. Scores are of the floats, of what is found.
   */
  BINARY;

  static final List<String> NAMES = List.of("none", "scalar", "binary");

  static Quantization named(String name) {
    return values()[NAMES.indexOf(name)];
  }

  /** The signs of a vector, first dimension first: {@code byte[dimensions / 8]}. */
  static byte[] bits(float[] vector) {
    byte[] bits = new byte[vector.length / Byte.SIZE];
    for (int i = 0; i < bits.length * Byte.SIZE; i++) {
      if (vector[i] > 0) {
        bits[i / Byte.SIZE] |= (byte) (1 << (i % Byte.SIZE));
      }
    }
    return bits;
  }
}
