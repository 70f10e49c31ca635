package org.hippocamel.embedded.atlas.search;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A definition or stage being read: every value is checked for its type, and a key nobody asked for
 * is refused by name. Messages name the key by its whole path.
 */
final class StrictDocument {
  private final BsonDocument document;
  private final String where;
  private final Function<String, SearchException> refusal;

  StrictDocument(BsonDocument document, String where, Function<String, SearchException> refusal) {
    this.document = document;
    this.where = where;
    this.refusal = refusal;
  }

  /** Refuses the first key outside {@code allowed}. */
  StrictDocument only(Set<String> allowed) {
    for (String key : document.keySet()) {
      if (!allowed.contains(key)) {
        throw refuse(
            "unrecognized field "
                + path(key)
                + "; known here: "
                + String.join(", ", sorted(allowed)));
      }
    }
    return this;
  }

  boolean has(String key) {
    return document.containsKey(key);
  }

  BsonValue required(String key) {
    BsonValue value = document.get(key);
    if (value == null) {
      throw refuse(path(key) + " is required");
    }
    return value;
  }

  String string(String key) {
    BsonValue value = required(key);
    if (!value.isString()) {
      throw refuse(path(key) + " must be a string");
    }
    return value.asString().getValue();
  }

  String string(String key, String fallback) {
    return has(key) ? string(key) : fallback;
  }

  /** A string out of a closed list. */
  String oneOf(String key, String fallback, List<String> allowed) {
    String value = fallback == null ? string(key) : string(key, fallback);
    if (!allowed.contains(value)) {
      throw refuse(path(key) + " must be one of " + allowed + " but is '" + value + "'");
    }
    return value;
  }

  boolean bool(String key, boolean fallback) {
    BsonValue value = document.get(key);
    if (value == null) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw refuse(path(key) + " must be a boolean");
    }
    return value.asBoolean().getValue();
  }

  /** An integer in [min, max]; a double without a fraction is taken too, as shells send them. */
  int integer(String key, int min, int max) {
    BsonValue value = required(key);
    double number = value.isNumber() ? value.asNumber().doubleValue() : Double.NaN;
    if (number != Math.rint(number) || Double.isInfinite(number)) {
      throw refuse(path(key) + " must be an integer");
    }
    if (number < min || number > max) {
      throw refuse(
          path(key) + " must be between " + min + " and " + max + " but is " + (long) number);
    }
    return (int) number;
  }

  int integer(String key, int min, int max, int fallback) {
    return has(key) ? integer(key, min, max) : fallback;
  }

  double number(String key) {
    BsonValue value = required(key);
    if (!value.isNumber()) {
      throw refuse(path(key) + " must be a number");
    }
    return value.asNumber().doubleValue();
  }

  BsonArray array(String key) {
    BsonValue value = required(key);
    if (!value.isArray()) {
      throw refuse(path(key) + " must be an array");
    }
    return value.asArray();
  }

  BsonDocument document(String key) {
    BsonValue value = required(key);
    if (!value.isDocument()) {
      throw refuse(path(key) + " must be a document");
    }
    return value.asDocument();
  }

  StrictDocument child(String key) {
    return new StrictDocument(document(key), dotted(key), refusal);
  }

  /** Reads a document found below {@code key}, such as an array's element. */
  StrictDocument child(String key, BsonValue value) {
    if (!value.isDocument()) {
      throw refuse(path(key) + " must be a document");
    }
    return new StrictDocument(value.asDocument(), dotted(key), refusal);
  }

  BsonDocument document() {
    return document;
  }

  SearchException refuse(String message) {
    return refusal.apply(message);
  }

  /** The key in quotes with where it stands: {@code "fields[0].path"}. */
  String path(String key) {
    return '"' + dotted(key) + '"';
  }

  private String dotted(String key) {
    return where.isEmpty() ? key : where + "." + key;
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }
}
