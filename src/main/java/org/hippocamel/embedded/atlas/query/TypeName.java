package org.hippocamel.embedded.atlas.query;

import java.util.Locale;
import org.bson.BsonValue;

/** MongoDB's own names of the BSON types, as they stand in its messages. */
public final class TypeName {
  private TypeName() {}

  public static String of(BsonValue value) {
    if (value == null) {
      return "missing";
    }
    return switch (value.getBsonType()) {
      case DOUBLE -> "double";
      case STRING -> "string";
      case DOCUMENT -> "object";
      case ARRAY -> "array";
      case BINARY -> "binData";
      case OBJECT_ID -> "objectId";
      case BOOLEAN -> "bool";
      case DATE_TIME -> "date";
      case NULL -> "null";
      case REGULAR_EXPRESSION -> "regex";
      case INT32 -> "int";
      case INT64 -> "long";
      case DECIMAL128 -> "decimal";
      case TIMESTAMP -> "timestamp";
      case UNDEFINED -> "missing";
      default -> value.getBsonType().name().toLowerCase(Locale.ROOT);
    };
  }
}
