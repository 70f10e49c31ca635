package org.hippocamel.embedded.atlas.search;

import java.util.List;
import java.util.Locale;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * How near two vectors are, as a score where more is nearer. Vectors of a cosine index are stored
 * with unit length, so that cosine costs one dot product.
 */
enum Similarity {
  COSINE(VectorSimilarityFunction.DOT_PRODUCT),
  DOT_PRODUCT(VectorSimilarityFunction.DOT_PRODUCT),
  EUCLIDEAN(VectorSimilarityFunction.EUCLIDEAN);

  static final List<String> NAMES = List.of("cosine", "dotProduct", "euclidean");

  /** The function the HNSW graph is built with; it gives the same scores as {@link #score}. */
  final VectorSimilarityFunction lucene;

  Similarity(VectorSimilarityFunction lucene) {
    this.lucene = lucene;
  }

  static Similarity named(String name) {
    return name.equals("dotProduct") ? DOT_PRODUCT : valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Score in [0, 1] of two prepared vectors: (1 + cosine) / 2, (1 + dot) / 2 (not below 0), or 1 /
   * (1 + d²) as Lucene computes it for Atlas.
   */
  float score(float[] query, float[] vector) {
    if (this == EUCLIDEAN) {
      return 1 / (1 + squareDistance(query, vector));
    }
    return Math.max((1 + dot(query, vector)) / 2, 0);
  }

  /**
   * The vector as it is indexed and compared: unit length for cosine, else itself.
   *
   * @return null for a vector without a direction in a cosine index
   */
  float[] prepare(float[] vector) {
    if (this != COSINE) {
      return vector;
    }
    double sum = 0;
    for (float v : vector) {
      sum += (double) v * v;
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      return null;
    }
    float scale = (float) (1 / Math.sqrt(sum));
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = vector[i] * scale;
    }
    return unit;
  }

  /** Four sums side by side: one sum would wait for each addition before the next. */
  static float dot(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (int end = a.length & ~3; i < end; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  private static float squareDistance(float[] a, float[] b) {
    float s0 = 0;
    float s1 = 0;
    int i = 0;
    for (int end = a.length & ~1; i < end; i += 2) {
      float d0 = a[i] - b[i];
      float d1 = a[i + 1] - b[i + 1];
      s0 += d0 * d0;
      s1 += d1 * d1;
    }
    if (i < a.length) {
      s0 += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return s0 + s1;
  }
}
