package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;

/** Endpoint options against the descriptions inside the component jars on the class path. */
final class EndpointCheck implements Check {
  private final DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
  private final Map<String, JsonNode> options = new HashMap<>();

  EndpointCheck() {
    catalog.setCamelContext(new DefaultCamelContext());
    catalog.start();
  }

  @Override
  public List<Finding> in(RouteFiles files) {
    List<Finding> found = new ArrayList<>();
    files.endpoints().forEach(endpoint -> endpoint(endpoint, found));
    return found;
  }

  private void endpoint(Endpoint endpoint, List<Finding> found) {
    if (endpoint.scheme().contains("${")) {
      return;
    }
    JsonNode known = options.computeIfAbsent(endpoint.scheme(), this::options);
    if (known.isMissingNode()) {
      found.add(
          endpoint
              .entry()
              .finding(
                  "no component \"" + endpoint.scheme() + "\": is it a dependency in pom.xml?"));
      return;
    }
    Map<String, String> given = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> parameter : endpoint.parameters().properties()) {
      if (known(known, parameter.getKey())) {
        given.put(parameter.getKey(), parameter.getValue().asText());
      } else {
        found.add(
            parameter(
                endpoint,
                parameter.getKey(),
                "is not an option of " + endpoint.scheme() + ": see its Camel page"));
      }
    }
    values(endpoint, catalog.validateProperties(endpoint.scheme(), given), found);
  }

  private static void values(
      Endpoint endpoint, EndpointValidationResult result, List<Finding> found) {
    Map<String, String> wrong = new LinkedHashMap<>();
    collect(result.getInvalidBoolean(), "true or false", wrong);
    collect(result.getInvalidInteger(), "a whole number", wrong);
    collect(result.getInvalidNumber(), "a number", wrong);
    collect(result.getInvalidDuration(), "milliseconds or 5s, 2m", wrong);
    if (result.getInvalidEnum() != null) {
      result
          .getInvalidEnum()
          .forEach(
              (key, value) ->
                  wrong.put(
                      key, value + " is not one of " + result.getEnumChoices(key).toString()));
    }
    wrong.forEach((key, what) -> found.add(parameter(endpoint, key, what)));
  }

  private static void collect(Map<String, String> invalid, String wanted, Map<String, String> out) {
    if (invalid != null) {
      invalid.forEach((key, value) -> out.put(key, value + " is not " + wanted));
    }
  }

  private static Finding parameter(Endpoint endpoint, String key, String what) {
    String pointer = RouteFile.parent(endpoint.entry().pointer()) + "/parameters/" + key;
    return new Finding(
        endpoint.entry().file().name(),
        endpoint.entry().file().line(pointer),
        "parameter \"" + key + "\": " + what);
  }

  private JsonNode options(String scheme) {
    String json = catalog.componentJSonSchema(scheme);
    try {
      return json == null
          ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
          : new ObjectMapper().readTree(json).path("properties");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By name, or by the prefix of a family such as {@code httpClient.}. */
  private static boolean known(JsonNode options, String name) {
    if (options.has(name)) {
      return true;
    }
    for (JsonNode option : options) {
      String prefix = option.path("prefix").asText();
      if (option.path("multiValue").asBoolean() && !prefix.isEmpty() && name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
