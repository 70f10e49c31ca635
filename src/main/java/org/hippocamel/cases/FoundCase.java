package org.hippocamel.cases;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * A case with its history.
 *
 * @param row as it is stored, without vectors
 * @param state what its log says
 * @param outcomes the latest entries, newest first
 * @param shown the latest searches in which it was shown, newest first
 */
public record FoundCase(Document row, CaseState state, List<LogEntry> outcomes, List<Shown> shown) {
  public FoundCase {
    outcomes = List.copyOf(outcomes);
    shown = List.copyOf(shown);
  }

  /** How many entries there are beyond the latest. */
  public long older() {
    return Math.max(0, state.evidence().rows() - outcomes.size());
  }

  /** The entries among them that others took the place of. */
  public Set<String> superseded() {
    return outcomes.stream()
        .map(LogEntry::supersedes)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
