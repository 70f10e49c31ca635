package org.hippocamel.cases;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries that are to be added to the log.
 *
 * @param tenant whose they are
 * @param entries checked; those without an id are named by the log
 * @param leniency what becomes of those that cannot be added
 */
public record NewOutcomes(String tenant, List<LogEntry> entries, Leniency leniency) {
  public NewOutcomes {
    entries = List.copyOf(entries);
  }

  /** Their cases. */
  public Set<String> cases() {
    return entries.stream()
        .map(LogEntry::caseKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The entries that are to be superseded, as the sender names them. */
  Set<String> superseded() {
    return entries.stream()
        .map(LogEntry::supersedes)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  NewOutcomes with(List<LogEntry> others) {
    return new NewOutcomes(tenant, others, leniency);
  }
}
