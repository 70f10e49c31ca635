package org.hippocamel.cases;

import java.time.Instant;
import java.util.Collection;
import org.hippocamel.spaces.Calibration;

/**
 * What is known of a case at problems like this one: a mean of its rewards, weighted by how near
 * the problems are at which they were earned (episodic control by a kernel, arXiv 2508.16153, Eq.
 * 9), with the prior beneath it, which alone is left far from all experience.
 *
 * @param calibration of the space
 * @param width in standard deviations of the space
 */
record Kernel(Calibration calibration, double width) {

  /** Nearness of two problems in (0, 1]; a Gaussian of the distance, 1 for the same problem. */
  double of(double cosine) {
    double distance = Math.max(0, 1 - cosine) / (width * calibration.deviation());
    return Math.exp(-0.5 * distance * distance);
  }

  /**
   * The value of a case for a problem, in (0, 1).
   *
   * @param problem where it is asked
   * @param cosine of that and the case's own problem, where verdicts without a place happened; and
   *     those whose place is a point of another space, which tells nothing in this one
   * @param entries all that the log says of the case
   */
  double value(
      Place problem,
      double cosine,
      Collection<LogEntry> entries,
      Prior prior,
      Decay decay,
      Instant now) {
    double uses = 0;
    double wins = 0;
    for (LogEntry entry : Evidence.valid(entries)) {
      if (entry.part() == Part.WARNING) {
        continue;
      }
      boolean here = entry.place() != null && entry.place().space().equals(problem.space());
      double nearness = of(here ? entry.place().cosine(problem) : cosine);
      double weight = entry.weight() * decay.between(entry.at(), now) * nearness;
      uses += weight;
      wins += weight * entry.reward();
    }
    return prior.value(wins, uses);
  }
}
