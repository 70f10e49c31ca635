package org.hippocamel.cases;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Entries that are to be added to the log.
 *
 * @param tenant whose they are
 * @param entries checked; those without an id are named by the log
 * @param lenient whether an entry of a case that is no more is left out, and one whose name says
 *     something else already is left as it is, instead of being refused
 */
public record NewOutcomes(String tenant, List<LogEntry> entries, boolean lenient) {
  public NewOutcomes {
    entries = List.copyOf(entries);
  }

  /** Their cases. */
  public Set<String> cases() {
    return entries.stream()
        .map(LogEntry::caseKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  NewOutcomes with(List<LogEntry> others) {
    return new NewOutcomes(tenant, others, lenient);
  }
}
