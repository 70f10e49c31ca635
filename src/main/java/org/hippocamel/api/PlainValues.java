package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain Java: Map, List, String, Long or BigInteger, Double, Boolean, null. */
final class PlainValues {
  private PlainValues() {}

  static Map<String, Object> of(ObjectNode object) {
    Map<String, Object> values = new LinkedHashMap<>();
    object.fields().forEachRemaining(field -> values.put(field.getKey(), of(field.getValue())));
    return values;
  }

  private static Object of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT, POJO -> of((ObjectNode) value);
      case ARRAY -> list(value);
      case STRING, BINARY -> value.asText();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(value);
      case NULL, MISSING -> null;
    };
  }

  private static List<Object> list(JsonNode value) {
    List<Object> list = new ArrayList<>();
    value.forEach(item -> list.add(of(item)));
    return list;
  }

  private static Object number(JsonNode value) {
    if (!value.isIntegralNumber()) {
      return value.doubleValue();
    }
    return value.canConvertToLong() ? (Object) value.longValue() : value.bigIntegerValue();
  }
}
