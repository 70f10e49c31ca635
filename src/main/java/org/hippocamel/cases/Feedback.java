package org.hippocamel.cases;

import java.util.List;

/**
 * How a run went.
 *
 * @param tenant whose run
 * @param runId the run
 * @param reward in [0, 1]
 * @param evaluator who says so, or null
 * @param note why, or null
 * @param used public ids of the cases that were followed, of those shown; empty for all of them
 */
public record Feedback(
    String tenant, String runId, double reward, String evaluator, String note, List<String> used) {
  public Feedback {
    used = List.copyOf(used);
  }
}
