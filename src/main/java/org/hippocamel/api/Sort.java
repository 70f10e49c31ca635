package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What a JSON value is, in the words of an error message. */
public final class Sort {
  private Sort() {}

  /** {@code an object}, {@code a string}, {@code null}. */
  public static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case STRING, BINARY -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL, MISSING -> "null";
    };
  }
}
