package org.hippocamel.cases;

import java.util.List;

/**
 * Entries under their names, in the histories of the cases that theirs are part of now.
 *
 * @param tenant whose they are
 * @param items in the order of the request; those left out are missing
 * @param leniency what becomes of those that cannot be added
 */
public record NamedOutcomes(String tenant, List<Item> items, Leniency leniency) {
  public NamedOutcomes {
    items = List.copyOf(items);
  }

  /**
   * @param said as it was sent: of the case and in the place of the entry that the sender named
   * @param entry as it is to be logged
   * @param correction whether its name is that of the only correction of an entry
   */
  public record Item(LogEntry said, LogEntry entry, boolean correction) {
    /** Whether it goes to another case than it was sent to. */
    boolean redirected() {
      return !said.caseKey().equals(entry.caseKey());
    }

    /** {@code _id} of the copy that its case has where it was logged with a part of that before. */
    String copy(String tenant) {
      return LogEntry.copyKey(tenant, entry.id(), entry.caseKey());
    }
  }

  List<LogEntry> entries() {
    return items.stream().map(Item::entry).toList();
  }
}
