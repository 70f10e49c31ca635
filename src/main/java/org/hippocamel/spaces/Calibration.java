package org.hippocamel.spaces;

import java.util.List;
import org.bson.Document;

/**
 * How near to each other two unrelated memories of a space are: models differ widely in that (0.6
 * is nothing to bge and a lot to others), and so a cosine says little before it is standardised.
 *
 * @param mean cosine of two memories picked at random, in [-1, 1]
 * @param deviation standard deviation of that cosine, above 0
 * @param texts how many were compared, each with each; 0 for the assumption
 * @param memories in the store when that was done
 */
public record Calibration(double mean, double deviation, int texts, long memories) {
  /** Below this many texts an assumption is better than what they would tell. */
  static final int FEWEST = 64;

  /** About what bge's models show; ranks depend on the deviation alone. */
  static final Calibration ASSUMED = new Calibration(0.6, 0.075, 0, 0);

  /** Texts that are all alike would make the least difference look enormous. */
  private static final double LEAST_DEVIATION = 0.01;

  /** Measured over all pairs of a sample; the assumption when there are too few. */
  static Calibration of(List<float[]> sample, long memories) {
    if (sample.size() < FEWEST) {
      return new Calibration(ASSUMED.mean, ASSUMED.deviation, 0, memories);
    }
    double sum = 0;
    double squares = 0;
    int pairs = 0;
    for (int i = 1; i < sample.size(); i++) {
      for (int j = 0; j < i; j++) {
        double cosine = cosine(sample.get(i), sample.get(j));
        sum += cosine;
        squares += cosine * cosine;
        pairs++;
      }
    }
    double mean = sum / pairs;
    double deviation = Math.sqrt(Math.max(0, squares / pairs - mean * mean));
    return new Calibration(mean, Math.max(LEAST_DEVIATION, deviation), sample.size(), memories);
  }

  /** Cosine of two vectors of one length; 0 where one of them has none. */
  public static double cosine(float[] a, float[] b) {
    double dot = 0;
    double lengths = 0;
    double others = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      lengths += (double) a[i] * a[i];
      others += (double) b[i] * b[i];
    }
    return lengths == 0 || others == 0 ? 0 : dot / Math.sqrt(lengths * others);
  }

  /** A cosine in deviations above what is to be expected of unrelated memories. */
  public double standardised(double cosine) {
    return (cosine - mean) / deviation;
  }

  /** How alike two memories are: 0 is what unrelated ones have, or less; 1 is the same vector. */
  public double likeness(float[] a, float[] b) {
    return Math.max(0, (cosine(a, b) - mean) / (1 - mean));
  }

  static Calibration from(Document document) {
    return new Calibration(
        document.get("mean", Number.class).doubleValue(),
        document.get("deviation", Number.class).doubleValue(),
        document.get("texts", Number.class).intValue(),
        document.get("memories", Number.class).longValue());
  }

  public Document toDocument() {
    return new Document("mean", mean)
        .append("deviation", deviation)
        .append("texts", texts)
        .append("memories", memories);
  }
}
