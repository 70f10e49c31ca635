package org.hippocamel.shadow;

import java.util.List;
import org.hippocamel.recall.RecallRequest;

/**
 * A search that was answered and is now asked of another space.
 *
 * @param request the caller's, in the other space
 * @param space id of the space that answered
 * @param found ids of its results, best first
 * @param millis how long that took
 */
public record Shadow(RecallRequest request, String space, List<String> found, double millis) {
  public Shadow {
    found = List.copyOf(found);
  }
}
