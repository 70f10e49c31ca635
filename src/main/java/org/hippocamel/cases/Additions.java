package org.hippocamel.cases;

import java.util.List;
import java.util.stream.Collectors;

/**
 * New outcomes beside those that the log has already.
 *
 * @param tenant whose they are
 * @param leniency what becomes of those that cannot be added
 * @param items in the order of the request
 * @param refused why the log does not take some of them
 */
public record Additions(
    String tenant, Leniency leniency, List<Appended.Item> items, List<Appended.Refused> refused) {
  public Additions {
    items = List.copyOf(items);
    refused = List.copyOf(refused);
  }

  /** Whether the log is to grow. */
  public boolean any() {
    return items.stream().anyMatch(Appended.Item::added);
  }

  List<LogEntry> added() {
    return items.stream().filter(Appended.Item::added).map(Appended.Item::entry).toList();
  }

  /** The cases of all of them. */
  public CaseKeys cases() {
    return new CaseKeys(
        items.stream().map(item -> item.entry().caseKey()).collect(Collectors.toSet()));
  }
}
