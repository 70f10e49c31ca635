package org.hippocamel.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The canonical form: one way to write each thing. Later Camel versions warn about the others, and
 * tools read only this one.
 */
final class ShorthandCheck implements Check {
  static final Set<String> LANGUAGES =
      Set.of(
          "constant",
          "simple",
          "header",
          "variable",
          "method",
          "exchangeProperty",
          "jsonpath",
          "tokenize",
          "xpath",
          "ref");
  private static final Set<String> EXPRESSION_STEPS =
      Set.of(
          "setBody",
          "setHeader",
          "setProperty",
          "setVariable",
          "headers",
          "variables",
          "filter",
          "when",
          "onWhen",
          "split",
          "delay",
          "loop",
          "transform",
          "validate",
          "recipientList",
          "idempotentConsumer",
          "enrich",
          "pollEnrich",
          "sort",
          "throttle",
          "routingSlip");

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files.entries().forEach(entry -> entry(entry, found));
    return found;
  }

  private static void entry(Entry entry, List<Finding> found) {
    if (entry.pointer().matches("/\\d+/from")) {
      found.add(entry.finding("a route without a name: write \"- route:\" with an id around it"));
    }
    if (entry.pointer().matches(".*/steps/\\d+/[^/]+") && entry.value().isTextual()) {
      found.add(
          entry.finding(
              "shorthand \"%s: %s\": write the options of %s on lines of their own"
                  .formatted(entry.name(), entry.value().asText(), entry.name())));
    }
    if (LANGUAGES.contains(entry.name()) && EXPRESSION_STEPS.contains(owner(entry))) {
      found.add(entry.finding("write \"expression:\" around \"" + entry.name() + ":\""));
    }
    if (entry.name().equals("uri") && entry.value().asText().contains("?")) {
      found.add(entry.finding("options in the uri: write them as a \"parameters:\" map"));
    }
  }

  /** The step an expression would belong to: the parent, past the number of a list item. */
  private static String owner(Entry entry) {
    String parent = entry.parent();
    String name = entry.parentName();
    boolean item = name.matches("\\d+");
    if (item) {
      parent = RouteFile.parent(parent);
      name = parent.substring(parent.lastIndexOf('/') + 1);
    }
    boolean plainMap = name.equals("headers") || name.equals("variables");
    return plainMap && !item ? "" : name;
  }
}
