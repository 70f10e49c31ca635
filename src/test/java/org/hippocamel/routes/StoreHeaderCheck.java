package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A header for the store's component is meant for one call. One that stays changes the next: an
 * upsert that is left behind makes a row where the next update finds none.
 */
final class StoreHeaderCheck implements Check {
  private static final String PREFIX = "CamelMongoDb";

  @Override
  public List<Finding> in(RouteFiles files) {
    return files
        .entries()
        .filter(entry -> entry.name().equals("setHeader"))
        .filter(entry -> entry.value().path("name").asText().startsWith(PREFIX))
        .filter(entry -> !takenAway(entry))
        .map(
            entry ->
                entry.finding(
                    "header "
                        + entry.value().path("name").asText()
                        + " stays for the calls that follow: removeHeaders "
                        + PREFIX
                        + "* behind the call"))
        .toList();
  }

  /** By a later step of the same list. */
  private static boolean takenAway(Entry entry) {
    String step = entry.parent();
    JsonNode steps = entry.file().at(RouteFile.parent(step));
    for (int i = Integer.parseInt(entry.parentName()) + 1; i < steps.size(); i++) {
      String pattern = steps.get(i).at("/removeHeaders/pattern").asText();
      if (pattern.equals("*") || pattern.equals(PREFIX + "*")) {
        return true;
      }
    }
    return false;
  }
}
