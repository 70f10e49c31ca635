package org.hippocamel.routes;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One {@code name: value} of a route file.
 *
 * @param file where it stands
 * @param pointer JSON pointer of the value
 * @param name the key
 * @param value what the key holds
 */
record Entry(RouteFile file, String pointer, String name, JsonNode value) {
  /** Pointer of the object that holds this entry. */
  String parent() {
    return RouteFile.parent(pointer);
  }

  /** Key of the object that holds this entry, or the number of the list item. */
  String parentName() {
    return parent().substring(parent().lastIndexOf('/') + 1);
  }

  /** The value of another key of the same object; a missing node when there is none. */
  JsonNode sibling(String key) {
    return file.at(parent()).path(key);
  }

  /** Whether one of the objects around this entry is the value of that key. */
  boolean within(String key) {
    return parent().contains("/" + key + "/") || parent().endsWith("/" + key);
  }

  Finding finding(String what) {
    return new Finding(file.name(), file.line(pointer), what);
  }
}
