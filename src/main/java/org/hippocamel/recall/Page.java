package org.hippocamel.recall;

/**
 * Which part of the order is wanted.
 *
 * @param limit results, from 1
 * @param after the end of the part that was given before; null for the best
 */
public record Page(int limit, Cursor after) {
  public Page {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one result");
    }
  }

  /** The best. */
  public static Page first(int limit) {
    return new Page(limit, null);
  }

  /** Results that were given before this page. */
  public int before() {
    return after == null ? 0 : after.depth();
  }
}
