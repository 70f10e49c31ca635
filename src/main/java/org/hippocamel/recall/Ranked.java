package org.hippocamel.recall;

import java.util.List;

/**
 * A part of the order of memories.
 *
 * @param page best first, at most the limit
 * @param more whether something comes after it
 */
public record Ranked(List<Scored> page, boolean more) {
  public Ranked {
    page = List.copyOf(page);
  }
}
