package org.hippocamel.memory;

import java.util.List;

/** What connects a memory with others: two that share a key are neighbours in the graph. */
@FunctionalInterface
public interface Keying {
  /** No keys: every memory stands alone. */
  Keying NONE = (id, draft) -> List.of();

  /**
   * The keys of a memory, each once, always the same for the same draft.
   *
   * @param id public id, by which others may link to it
   */
  List<String> keys(String id, Draft draft);
}
