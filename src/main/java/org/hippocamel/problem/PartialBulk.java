package org.hippocamel.problem;

import java.util.Map;
import java.util.Set;

/**
 * What an unordered bulk write did of which some statements were refused; by position in the bulk.
 * Every other statement is stored.
 *
 * @param created statements that made a new document
 * @param refused statements that did nothing, and why
 */
public record PartialBulk(Set<Integer> created, Map<Integer, Problem> refused) {
  public PartialBulk {
    created = Set.copyOf(created);
    refused = Map.copyOf(refused);
  }
}
