package org.hippocamel.cases;

import java.util.List;
import java.util.Map;

/**
 * What became of new outcomes.
 *
 * @param items one for each, in the order of the request; those left out are missing
 * @param refused why the log did not take some of them
 * @param states of their cases now, by {@code _id}
 */
public record Appended(List<Item> items, List<Refused> refused, Map<String, CaseState> states) {
  public Appended {
    items = List.copyOf(items);
    refused = List.copyOf(refused);
    states = Map.copyOf(states);
  }

  /**
   * @param entry as it is in the log
   * @param added false where it was there already
   */
  public record Item(LogEntry entry, boolean added) {}

  /**
   * @param entry {@code _id} that it would have
   * @param reason why not
   */
  public record Refused(String entry, String reason) {}

  /** The state of an entry's case. */
  public CaseState state(Item item) {
    return states.get(item.entry().caseKey());
  }
}
