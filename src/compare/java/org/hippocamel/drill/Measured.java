package org.hippocamel.drill;

import java.util.Arrays;
import java.util.List;

/**
 * What came of one task.
 *
 * @param asked texts
 * @param seconds from the first call to the last answer
 * @param requests that the embedder got, refused ones included
 * @param inFlight largest number of texts in the embedder at one moment
 * @param lost texts without a vector at the end
 * @param wrong vectors that are not those of their texts
 * @param slowMillis the time that 99 of 100 calls stayed below
 * @param longestMillis the time of the longest call
 * @param processorSeconds of all processes, the scripted TEI's included
 * @param failure the first one, or null
 */
record Measured(
    int asked,
    double seconds,
    int requests,
    int inFlight,
    int lost,
    int wrong,
    double slowMillis,
    double longestMillis,
    double processorSeconds,
    String failure) {

  double textsPerSecond() {
    return (asked - lost) / seconds;
  }

  /** Milliseconds for each text asked. */
  double processorMillis() {
    return 1e3 * processorSeconds / asked;
  }

  /** The middle one of several by throughput, with the worst counts and the mean of processor time. */
  static Measured middle(List<Measured> rounds) {
    Measured[] sorted = rounds.toArray(Measured[]::new);
    Arrays.sort(sorted, (a, b) -> Double.compare(a.textsPerSecond(), b.textsPerSecond()));
    Measured middle = sorted[sorted.length / 2];
    return new Measured(
        middle.asked,
        middle.seconds,
        middle.requests,
        rounds.stream().mapToInt(Measured::inFlight).max().orElse(0),
        rounds.stream().mapToInt(Measured::lost).max().orElse(0),
        rounds.stream().mapToInt(Measured::wrong).max().orElse(0),
        middle.slowMillis,
        rounds.stream().mapToDouble(Measured::longestMillis).max().orElse(0),
        rounds.stream().mapToDouble(Measured::processorSeconds).sum() / rounds.size(),
        rounds.stream().map(Measured::failure).filter(f -> f != null).findFirst().orElse(null));
  }
}
