package org.hippocamel.api;

import java.util.List;
import java.util.Set;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;

/**
 * Cases that are shown no more answer no search of memories either: those that are part of another
 * one, and those that keep losing. Who asks by {@code case_status} gets what he asks for.
 */
final class ShownCases {
  private static final Filter SHOWN =
      new Filter.Nin(
          FilterFields.CASE_STATUS,
          List.of(CaseStatus.MERGED.word(), CaseStatus.QUARANTINED.word()));

  private ShownCases() {}

  /**
   * A request's filter with that condition.
   *
   * @param kinds of the request, empty for all
   * @param filter or null
   */
  static Filter within(Set<Kind> kinds, Filter filter) {
    boolean cases = kinds.isEmpty() || kinds.contains(Kind.CASE);
    if (!cases || filter != null && filter.names(FilterFields.CASE_STATUS)) {
      return filter;
    }
    return filter == null ? SHOWN : new Filter.And(List.of(filter, SHOWN));
  }
}
