package org.hippocamel.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Every direct name that is called is served once, and every helper that serves is called. */
final class DirectCheck implements Check {
  @Override
  public List<Finding> in(RouteFiles files) {
    List<Endpoint> all = files.endpoints().filter(Endpoint::direct).toList();
    Map<String, List<Endpoint>> served =
        all.stream()
            .filter(Endpoint::consumes)
            .collect(Collectors.groupingBy(Endpoint::directName));
    Set<String> called =
        all.stream()
            .filter(endpoint -> !endpoint.consumes())
            .map(Endpoint::directName)
            .collect(Collectors.toSet());
    List<Finding> found = new ArrayList<>();
    for (Endpoint endpoint : all) {
      String name = endpoint.directName();
      if (endpoint.consumes()) {
        served(endpoint, served.get(name).size(), called.contains(name), found);
      } else if (!name.contains("${") && !served.containsKey(name)) {
        found.add(
            endpoint
                .entry()
                .finding("nobody serves direct:" + name + ": add the route or mend it"));
      }
    }
    return found;
  }

  private static void served(Endpoint endpoint, int times, boolean called, List<Finding> found) {
    String name = endpoint.directName();
    if (times > 1) {
      found.add(
          endpoint.entry().finding("direct:" + name + " is served " + times + " times: keep one"));
    }
    boolean capability = name.equals(endpoint.entry().file().stem());
    if (!called && !capability) {
      found.add(
          endpoint
              .entry()
              .finding("nobody calls direct:" + name + ": remove the route or call it"));
    }
  }
}
