package org.hippocamel.api;

import java.util.List;
import org.hippocamel.memory.Draft;
import org.hippocamel.problem.Problem;

/**
 * What a body of interactions holds.
 *
 * @param items the good ones, by position
 * @param rejected the bad ones, by position; always empty when single
 * @param single whether the body was one object, and the reply is one result
 */
public record Interactions(List<Item> items, List<ItemError> rejected, boolean single) {
  public Interactions {
    items = List.copyOf(items);
    rejected = List.copyOf(rejected);
  }

  /**
   * One interaction to store.
   *
   * @param position 0-based place in the body, which is its place in the reply
   */
  public record Item(int position, Draft draft) {}

  /**
   * One interaction that was refused.
   *
   * @param position 0-based place in the body, which is its place in the reply
   * @param problem Invalid with pointers from the body's root ({@code /3/text}), or Malformed
   */
  public record ItemError(int position, Problem problem) {}

  /** The interactions to store, in order. */
  public List<Draft> drafts() {
    return items.stream().map(Item::draft).toList();
  }
}
