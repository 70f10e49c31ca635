package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A place that names an endpoint.
 *
 * @param entry the key that holds the uri
 * @param uri as written, without parameters
 * @param scheme {@code http} where the uri begins with a placeholder
 * @param parameters the map beside it; a missing node when there is none
 */
record Endpoint(Entry entry, String uri, String scheme, JsonNode parameters) {
  private static final Set<String> SHORT = Set.of("to", "toD", "deadLetterUri");

  static boolean isEndpoint(Entry entry) {
    return entry.value().isTextual()
        && !entry.within("parameters")
        && (entry.name().equals("uri") || SHORT.contains(entry.name()));
  }

  static Endpoint of(Entry entry) {
    String uri = entry.value().asText();
    String scheme = uri.startsWith("{{") ? "http" : uri.split("[:?]", 2)[0];
    return new Endpoint(entry, uri, scheme, entry.sibling("parameters"));
  }

  boolean consumes() {
    return entry.parentName().equals("from");
  }

  boolean direct() {
    return scheme.equals("direct");
  }

  /** The name of a direct endpoint, whether in the uri or in its parameters. */
  String directName() {
    return uri.startsWith("direct:")
        ? uri.substring("direct:".length()).split("\\?", 2)[0]
        : parameters.path("name").asText();
  }
}
