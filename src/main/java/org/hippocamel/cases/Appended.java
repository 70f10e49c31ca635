package org.hippocamel.cases;

import java.util.List;
import java.util.Map;

/**
 * What became of new outcomes.
 *
 * @param items one for each, in the order of the request; those left out are missing
 * @param states of their cases now, by {@code _id}
 */
public record Appended(List<Item> items, Map<String, CaseState> states) {
  public Appended {
    items = List.copyOf(items);
    states = Map.copyOf(states);
  }

  /**
   * @param entry as it is in the log
   * @param added false where it was there already
   */
  public record Item(LogEntry entry, boolean added) {}

  /** The state of an entry's case. */
  public CaseState state(Item item) {
    return states.get(item.entry().caseKey());
  }
}
