package org.hippocamel.cases;

import java.util.List;

/**
 * Some entries of a merged case's history.
 *
 * @param merge of which cases
 * @param entries {@code _id} of each
 * @param roots of the whole history
 */
public record Portion(Merge merge, List<String> entries, Roots roots) {
  public Portion {
    entries = List.copyOf(entries);
  }
}
