package org.hippocamel.embedded.tei.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.hippocamel.embedded.tei.core.EncodingInput;

/**
 * Reads one JSON object field by field, with the checks of the reference's typed reader: unknown
 * fields are skipped, known ones must have their type and come once.
 */
final class JsonBody {
  interface Fields {
    /** Reads the value of a field it knows and returns true; else leaves it alone. */
    boolean read(String name) throws IOException;

    /** Called behind the last field, to refuse what is incomplete. */
    void check();
  }

  private static final String INPUT = "Input";

  private final JsonParser parser;

  private JsonBody(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * @param reader given the body, makes what reads its fields, which is returned
   * @throws Rejection 400 for syntax, 422 for a wrong shape
   */
  static <T extends Fields> T read(byte[] bytes, Function<JsonBody, T> reader) {
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      JsonBody body = new JsonBody(parser);
      T fields = reader.apply(body);
      body.whole(fields);
      return fields;
    } catch (JsonEOFException e) {
      throw Rejection.syntax("EOF while parsing" + at(e.getLocation()));
    } catch (JsonProcessingException e) {
      throw Rejection.syntax("invalid JSON" + at(e.getLocation()));
    } catch (IOException e) {
      throw Rejection.syntax("invalid unicode code point");
    }
  }

  private void whole(Fields fields) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw Rejection.syntax("EOF while parsing a value at line 1 column 0");
    }
    if (first != JsonToken.START_OBJECT) {
      throw shape("invalid type: expected an object");
    }
    fields(fields);
    if (parser.nextToken() != null) {
      throw Rejection.syntax("trailing characters" + at(parser.currentLocation()));
    }
  }

  /** An object inside the body. */
  void object(String name, Fields fields) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw wrong(name, "an object");
    }
    fields(fields);
  }

  private void fields(Fields fields) throws IOException {
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (!fields.read(name)) {
        parser.skipChildren();
      } else if (!seen.add(name)) {
        throw shape("duplicate field `" + name + "`");
      }
    }
    fields.check();
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  boolean isString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean isArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Goes to the next item of an array, or to its end and returns false. */
  boolean nextItem() throws IOException {
    return parser.nextToken() != JsonToken.END_ARRAY;
  }

  boolean bool(String name) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong(name, "a boolean");
    };
  }

  String string(String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong(name, "a string");
    }
    return text();
  }

  /** An unsigned number; what does not fit an int is above every limit anyway. */
  int unsigned(String name) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getBigIntegerValue().signum() < 0
        || parser.getBigIntegerValue().bitLength() > 64) {
      throw wrong(name, "usize");
    }
    return parser.getBigIntegerValue().bitLength() > 31 ? Integer.MAX_VALUE : parser.getIntValue();
  }

  List<String> strings(String name) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong(name, "a sequence");
    }
    List<String> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      all.add(string(name));
    }
    return all;
  }

  /** A string, an array of token ids, or an array of strings and arrays of token ids. */
  Input input(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return Input.single(new EncodingInput.Text(text()));
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw noVariant(name, INPUT);
    }
    JsonToken first = parser.nextToken();
    if (first == JsonToken.END_ARRAY || first == JsonToken.VALUE_NUMBER_INT) {
      return Input.single(
          new EncodingInput.Ids(
              ids(name, INPUT))); // an empty array counts as ids, and as no text at all
    }
    List<EncodingInput> batch = new ArrayList<>();
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      batch.add(item(name));
      parser.nextToken();
    }
    return Input.batch(batch);
  }

  void require(Object value, String name) {
    if (value == null) {
      throw shape("missing field `" + name + "`");
    }
  }

  Rejection wrong(String name, String expected) {
    return shape(name + ": invalid type, expected " + expected);
  }

  Rejection wrongLength(String name, int length, String expected) {
    return shape(name + ": invalid length " + length + ", expected " + expected);
  }

  /**
   * @param kind the reference's own name of what was read
   */
  Rejection noVariant(String name, String kind) {
    return shape(name + ": data did not match any variant of untagged enum " + kind);
  }

  private EncodingInput item(String name) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return new EncodingInput.Text(text());
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw noVariant(name, INPUT);
    }
    parser.nextToken();
    return new EncodingInput.Ids(ids(name, INPUT));
  }

  /** Token ids from the current item to the end of its array. */
  long[] ids(String name, String kind) throws IOException {
    long[] ids = new long[16];
    int n = 0;
    for (; parser.currentToken() != JsonToken.END_ARRAY; parser.nextToken()) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
          || parser.getBigIntegerValue().signum() < 0
          || parser.getBigIntegerValue().bitLength() > 32) {
        throw noVariant(name, kind);
      }
      ids = n == ids.length ? Arrays.copyOf(ids, 2 * n) : ids;
      ids[n++] = parser.getLongValue();
    }
    return Arrays.copyOf(ids, n);
  }

  /** A half of a surrogate pair is no text; Jackson lets it pass, the reference does not. */
  private String text() throws IOException {
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw Rejection.syntax("lone surrogate in hex escape" + at(parser.currentLocation()));
        }
        i++;
      }
    }
    return text;
  }

  private Rejection shape(String detail) {
    return Rejection.shape(detail + at(parser.currentLocation()));
  }

  private static String at(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + " column " + location.getColumnNr();
  }
}
