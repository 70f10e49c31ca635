package org.hippocamel.recall;

/**
 * Which part of the order is wanted.
 *
 * @param limit results, from 1
 */
public record Page(int limit) {
  public Page {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one result");
    }
  }
}
