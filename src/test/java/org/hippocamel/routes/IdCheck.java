package org.hippocamel.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Routes and leaving steps can be named: in logs, metrics, tests and conversation. */
final class IdCheck implements Check {
  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files.files().forEach(file -> firstLine(file, found));
    files.routes().forEach(route -> route(route, found));
    files.endpoints().forEach(endpoint -> step(endpoint, found));
    unique(files, found);
    return found;
  }

  private static void firstLine(RouteFile file, List<Finding> found) {
    String first = file.text().isEmpty() ? "" : file.text().get(0);
    boolean inAndOut = first.matches("#.*(->|→).*") || first.matches("#.*\\bin\\b.*\\bout\\b.*");
    if (!inAndOut) {
      found.add(
          new Finding(
              file.name(), 1, "begin with a comment: \"# Name: what comes in -> what goes out.\""));
    }
  }

  private static void route(Entry route, List<Finding> found) {
    String stem = route.file().stem();
    String id = route.value().path("id").asText();
    if (!id.equals(stem) && !id.matches(stem + "-[a-z0-9-]+")) {
      found.add(
          route.finding("route id \"" + id + "\": write \"" + stem + "\" or \"" + stem + "-...\""));
    }
    String description = route.value().path("description").asText();
    if (!description.matches("[\\p{Lu}{].*\\.") || description.matches(".*[.!?] \\p{Lu}.*")) {
      found.add(
          route.finding("description \"" + description + "\": write one sentence, ended by a dot"));
    }
    Endpoint from = Endpoint.of(from(route));
    if (from.direct() && !from.directName().equals(id)) {
      found.add(route.finding("direct \"" + from.directName() + "\": name it like its route"));
    }
  }

  private static Entry from(Entry route) {
    return new Entry(
        route.file(), route.pointer() + "/from/uri", "uri", route.value().at("/from/uri"));
  }

  private static void step(Endpoint endpoint, List<Finding> found) {
    Entry entry = endpoint.entry();
    if (endpoint.direct() || endpoint.consumes()) {
      return;
    }
    String id = entry.name().equals("uri") ? entry.sibling("id").asText() : "";
    if (!id.startsWith(entry.file().stem() + "-")) {
      found.add(
          entry.finding(
              "step to \"%s\" has id \"%s\": write id: %s-<what it does>"
                  .formatted(endpoint.uri(), id, entry.file().stem())));
    }
  }

  /** Route and step ids share one namespace in metrics; REST verbs have their own. */
  private static void unique(RouteFiles files, List<Finding> found) {
    Map<String, Entry> seen = new HashMap<>();
    files
        .entries()
        .filter(e -> e.name().equals("id") && !e.within("rest") && !e.within("parameters"))
        .forEach(
            entry -> {
              Entry before = seen.putIfAbsent(entry.value().asText(), entry);
              if (before != null) {
                found.add(
                    entry.finding(
                        "id \"%s\" is taken by %s:%d: choose another"
                            .formatted(
                                entry.value().asText(),
                                before.file().name(),
                                before.file().line(before.pointer()))));
              }
            });
  }
}
