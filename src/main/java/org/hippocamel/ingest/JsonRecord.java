package org.hippocamel.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hippocamel.config.Limits;

/**
 * Reads one JSON object as a record, field by field: what is refused is skipped without being held,
 * and the parser always ends on the object's last brace.
 */
final class JsonRecord {
  private final JsonParser parser;
  private final Limits limits;
  private final RecordFields fields;

  private JsonRecord(JsonParser parser, Limits limits) {
    this.parser = parser;
    this.limits = limits;
    this.fields = new RecordFields(limits);
  }

  /** The parser stands on a value; only an object can become a record. */
  static RecordFields read(JsonParser parser, Limits limits) throws IOException {
    JsonRecord record = new JsonRecord(parser, limits);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      record.object();
    } else {
      record.fields.refuse(
          "a record must be a JSON object, this is " + kind(parser.currentToken()));
      parser.skipChildren();
    }
    return record.fields;
  }

  private void object() throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      RecordField field = RecordField.named(name).orElse(null);
      if (field == null) {
        fields.refuse(RecordField.refusal(name));
        parser.skipChildren();
      } else if (field == RecordField.METADATA) {
        metadata();
      } else {
        string(field, name);
      }
    }
  }

  private void string(RecordField field, String name) throws IOException {
    JsonToken token = parser.currentToken();
    boolean number = field == RecordField.ID && token == JsonToken.VALUE_NUMBER_INT;
    if (token == JsonToken.VALUE_STRING || number) {
      fields.put(field, name, parser.getText());
    } else if (token != JsonToken.VALUE_NULL) {
      fields.refuse("\"" + name + "\" must be a string, this is " + kind(token));
      parser.skipChildren();
    }
  }

  private void metadata() throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      fields.refuse("\"metadata\" must be an object, this is " + kind(parser.currentToken()));
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      Object value =
          parser.nextToken() == JsonToken.START_ARRAY
              ? list(name)
              : scalar(name, parser.currentToken());
      if (value != null) {
        fields.putMetadata(name, value);
      }
    }
  }

  private List<Object> list(String name) throws IOException {
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object value = scalar(name, parser.currentToken());
      if (value == null) {
        refuse(name, "holds null or something nested; use strings, numbers or booleans");
      } else if (values.size() >= limits.maxMetadataFields()) {
        refuse(
            name,
            "has over " + limits.maxMetadataFields() + " values (limits.max-metadata-fields)");
      } else if (value instanceof String text && text.length() > limits.maxMetadataChars()) {
        refuse(
            name,
            "holds a string of "
                + text.length()
                + " characters, the limit is "
                + limits.maxMetadataChars()
                + " (limits.max-metadata-chars)");
      } else {
        values.add(value);
      }
    }
    if (values.isEmpty()) {
      refuse(name, "is an empty list; leave it out");
    } else if (values.stream()
            .map(v -> v instanceof Number ? Number.class : v.getClass())
            .distinct()
            .count()
        > 1) {
      refuse(name, "mixes types in one list; use strings, numbers or booleans alone");
    }
    return values;
  }

  /** A String, Long, Double or Boolean; null for a JSON null and for what was refused. */
  private Object scalar(String name, JsonToken token) throws IOException {
    switch (token) {
      case VALUE_STRING:
        return parser.getText();
      case VALUE_TRUE, VALUE_FALSE:
        return parser.getBooleanValue();
      case VALUE_NUMBER_INT:
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          refuse(name, "is a number beyond 64 bits; write it as a string");
          return null;
        }
        return parser.getLongValue();
      case VALUE_NUMBER_FLOAT:
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
          refuse(name, "is a number beyond 64 bits; write it as a string");
          return null;
        }
        return number;
      case VALUE_NULL:
        return null;
      default:
        refuse(name, "must be flat: a string, number, boolean or a list of one of them");
        parser.skipChildren();
        return null;
    }
  }

  private void refuse(String name, String what) {
    fields.refuse("metadata field \"" + Shortened.of(name) + "\" " + what);
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case START_OBJECT -> "an object";
      case VALUE_STRING -> "a string";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      default -> "a number";
    };
  }
}
