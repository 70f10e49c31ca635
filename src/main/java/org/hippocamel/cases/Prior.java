package org.hippocamel.cases;

/**
 * What is believed of a case that nobody has used: as if it had won {@code wins} and lost {@code
 * losses} times. It keeps a single lucky outcome from outranking a long record.
 */
public record Prior(double wins, double losses) {
  /** The mean of the posterior, (wins + a) / (uses + a + b), in (0, 1). */
  public double value(double won, double used) {
    return (won + wins) / (used + wins + losses);
  }
}
