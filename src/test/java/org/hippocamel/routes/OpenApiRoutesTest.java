package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The REST contract and the REST definitions name the same operations. */
class OpenApiRoutesTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete", "head");

  @Test
  void contract_namesTheOperationsThatAreServed() throws IOException {
    Set<String> promised = new TreeSet<>();
    JsonNode paths = RouteFile.read(Path.of("api/openapi.yaml")).tree().path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> verb : path.getValue().properties()) {
        if (VERBS.contains(verb.getKey())) {
          promised.add(
              operation(verb.getKey(), path.getKey(), verb.getValue().path("operationId")));
        }
      }
    }
    Set<String> served = new TreeSet<>();
    RouteFiles.read(Path.of("routes"), Path.of("src/main/resources/application.properties"))
        .files()
        .stream()
        .flatMap(file -> file.tree().findValues("rest").stream())
        .forEach(rest -> served.addAll(served(rest)));
    assertFalse(served.isEmpty(), "the routes have REST definitions");
    assertEquals(
        String.join("\n", promised), String.join("\n", served), "api/openapi.yaml against routes");
  }

  private static Set<String> served(JsonNode rest) {
    Set<String> found = new TreeSet<>();
    for (String verb : VERBS) {
      for (JsonNode operation : rest.path(verb)) {
        String path = rest.path("path").asText() + operation.path("path").asText();
        found.add(operation(verb, path.replaceAll("/+", "/"), operation.path("id")));
      }
    }
    return found;
  }

  private static String operation(String verb, String path, JsonNode id) {
    return "%s %s %s".formatted(verb.toUpperCase(Locale.ROOT), path, id.asText());
  }
}
