package org.hippocamel.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hippocamel.eval.Bootstrap.Interval;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private final Bootstrap bootstrap = new Bootstrap();

  @Test
  void mean_ofEqualValues_hasNoWidth() {
    assertEquals(new Interval(0.5, 0.5, 0.5), bootstrap.mean(new double[] {0.5, 0.5, 0.5}));
  }

  @Test
  void mean_isAsWideAsTheNormalInterval_forManyValues() {
    double[] values = new double[1_000];
    Arrays.setAll(values, i -> i % 2); // mean 0.5, deviation 0.5, error 0.5 / sqrt(1000)
    Interval interval = bootstrap.mean(values);
    assertEquals(0.5, interval.mean(), 1e-12);
    assertEquals(0.5 - 1.96 * 0.0158, interval.low(), 0.002);
    assertEquals(0.5 + 1.96 * 0.0158, interval.high(), 0.002);
  }

  @Test
  void means_ofManySeriesAreThoseOfEachAlone() {
    double[] first = new SplittableRandom(1).doubles(50).toArray();
    double[] second = new SplittableRandom(2).doubles(50).toArray();
    assertEquals(
        List.of(bootstrap.mean(first), bootstrap.mean(second)),
        bootstrap.means(List.of(first, second)));
    assertThrows(
        IllegalArgumentException.class, () -> bootstrap.means(List.of(first, new double[] {1})));
  }

  @Test
  void mean_isTheSameEachTime() {
    double[] values = new SplittableRandom(1).doubles(50).toArray();
    assertEquals(bootstrap.mean(values), bootstrap.mean(values));
  }

  @Test
  void difference_ofPairs_isNarrowerThanThatOfStrangers() {
    double[] first = new SplittableRandom(1).doubles(200).toArray();
    double[] better = Arrays.stream(first).map(value -> value + 0.05).toArray();
    Interval difference = bootstrap.mean(Bootstrap.differences(first, better));
    assertEquals(0.05, difference.mean(), 1e-12);
    assertTrue(difference.excludesZero());
    // The same two series unpaired overlap by far.
    assertTrue(bootstrap.mean(first).high() > bootstrap.mean(better).low());
  }

  @Test
  void difference_wantsTheSameQueries() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Bootstrap.differences(new double[] {1}, new double[] {1, 2}));
  }
}
