package org.hippocamel.cases;

import java.time.Duration;
import java.util.List;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;

/**
 * A question to the case bank, checked.
 *
 * @param tenant whose cases
 * @param problem what is to be solved, not blank
 * @param k positive examples wanted
 * @param negatives negative examples wanted
 * @param mode how cases are found
 * @param fusing how the lists of mode hybrid become one
 * @param ranking how they are ordered, or null for the settings'
 * @param minSimilarity deviations that the nearest must reach, or null for the settings'
 * @param conditions which cases count
 * @param runId the run that asks, or null: then nothing is remembered of the search
 */
public record CaseSearch(
    String tenant,
    String problem,
    int k,
    int negatives,
    Mode mode,
    Fusing fusing,
    Ranking ranking,
    Double minSimilarity,
    Conditions conditions,
    String runId) {

  /**
   * Which cases count.
   *
   * @param minReward mean reward of a positive example, or null for any
   * @param maxAge since it happened, or null for any
   * @param taskType or null for any
   * @param tools what the agent can use: cases that need another tool do not count; null for any
   * @param agentId or null for any
   * @param filter or null for no further condition
   */
  public record Conditions(
      Double minReward,
      Duration maxAge,
      String taskType,
      List<String> tools,
      String agentId,
      Filter filter) {}
}
