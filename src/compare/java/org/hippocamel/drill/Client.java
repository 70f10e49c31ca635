package org.hippocamel.drill;

import java.util.List;

/** Gets vectors in the way of one library. Thread-safe. */
interface Client {
  /**
   * The vectors of these texts, in their order; null in the place of a text that is known to have
   * none.
   *
   * @throws RuntimeException when the call fails, and none of the texts gets its vector
   */
  List<float[]> embed(List<String> texts);

  /**
   * Looks vectors up after the clock has stopped, where {@link #embed} does not give them.
   *
   * @return null when it does
   */
  default List<float[]> vectors(List<String> texts) {
    return null;
  }
}
