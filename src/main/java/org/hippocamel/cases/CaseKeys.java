package org.hippocamel.cases;

import java.util.Set;

/**
 * Cases whose states somebody wants.
 *
 * @param keys {@code _id} of each
 */
public record CaseKeys(Set<String> keys) {
  public CaseKeys {
    keys = Set.copyOf(keys);
  }

  public int size() {
    return keys.size();
  }
}
