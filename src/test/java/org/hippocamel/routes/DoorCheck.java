package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every REST operation comes in by the door and leaves by the one reply: its route drops what the
 * request did not have to bring before it calls anything, and ends with {@code direct:api-reply}.
 */
final class DoorCheck implements Check {
  private static final String ENTER = "api-enter";
  private static final String REPLY = "api-reply";

  @Override
  public List<Finding> in(RouteFiles files) {
    Map<String, Entry> routes =
        files
            .routes()
            .collect(Collectors.toMap(r -> r.value().path("id").asText(), r -> r, (a, b) -> a));
    List<Finding> found = new ArrayList<>();
    files
        .endpoints()
        .filter(endpoint -> isRest(endpoint.entry()))
        .filter(endpoint -> routes.containsKey(endpoint.directName()))
        .map(endpoint -> routes.get(endpoint.directName()))
        .distinct()
        .forEach(route -> route(route, found));
    return found;
  }

  private static boolean isRest(Entry entry) {
    return entry.pointer().matches("/\\d+/rest/.*");
  }

  private static void route(Entry route, List<Finding> found) {
    JsonNode steps = route.value().at("/from/steps");
    if (!enters(steps)) {
      found.add(route.finding("call direct:" + ENTER + " (or remove all headers) before all else"));
    }
    if (!called(steps.path(steps.size() - 1)).equals(REPLY)) {
      found.add(route.finding("end with direct:" + REPLY));
    }
  }

  /** Variables may be set before the door; nothing may be called. */
  private static boolean enters(JsonNode steps) {
    for (JsonNode step : steps) {
      if (called(step).equals(ENTER) || step.at("/removeHeaders/pattern").asText().equals("*")) {
        return true;
      }
      if (!step.has("setVariable")) {
        return false;
      }
    }
    return false;
  }

  private static String called(JsonNode step) {
    return step.at("/to/uri").asText().replaceFirst("^direct:", "");
  }
}
