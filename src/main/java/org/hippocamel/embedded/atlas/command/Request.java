package org.hippocamel.embedded.atlas.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;
import org.hippocamel.embedded.atlas.wire.Call;

/** A command's fields, read with the types that MongoDB asks for. */
final class Request {
  /** What drivers may add to any command. */
  private static final Set<String> GENERIC =
      Set.of(
          "$db",
          "$readPreference",
          "$clusterTime",
          "lsid",
          "readConcern",
          "writeConcern",
          "comment",
          "maxTimeMS");

  private final Call call;
  private final String name;
  private final long connectionId;

  Request(Call call, long connectionId) {
    this.call = call;
    this.name = call.body().getFirstKey();
    this.connectionId = connectionId;
  }

  String name() {
    return name;
  }

  long connectionId() {
    return connectionId;
  }

  BsonDocument body() {
    return call.body();
  }

  String database() {
    return call.body().getString("$db").getValue();
  }

  String namespace() {
    BsonValue collection = body().get(name);
    if (!collection.isString()) {
      throw Refusal.at(
          ErrorCode.INVALID_NAMESPACE.code(),
          "collection name has invalid type " + TypeName.of(collection));
    }
    return Namespaces.of(database(), collection.asString().getValue());
  }

  /** Refuses every field but these and the generic ones. */
  void allow(String... fields) {
    Set<String> allowed = Set.of(fields);
    for (String field : body().keySet()) {
      requireKnown(field, allowed);
    }
    call.sequences().keySet().forEach(field -> requireKnown(field, allowed));
    Concerns.check(body());
  }

  private void requireKnown(String field, Set<String> allowed) {
    if (!field.equals(name) && !GENERIC.contains(field) && !allowed.contains(field)) {
      throw Refusal.at(40415, "BSON field '%s.%s' is an unknown field.".formatted(name, field));
    }
  }

  /** Refuses unknown fields of a document inside a command, such as an update statement. */
  static void allow(String place, BsonDocument document, String... fields) {
    Set<String> allowed = Set.of(fields);
    for (String field : document.keySet()) {
      if (!allowed.contains(field)) {
        throw Refusal.at(40415, "BSON field '%s.%s' is an unknown field.".formatted(place, field));
      }
    }
  }

  boolean has(String field) {
    return body().containsKey(field);
  }

  /** Empty when absent. */
  BsonDocument document(String field) {
    BsonValue value = body().get(field);
    if (value == null || value.isNull()) {
      return new BsonDocument();
    }
    if (!value.isDocument()) {
      throw wrongType(field, value, "object");
    }
    return value.asDocument();
  }

  BsonArray array(String field) {
    BsonValue value = required(field);
    if (!value.isArray()) {
      throw wrongType(field, value, "array");
    }
    return value.asArray();
  }

  BsonValue required(String field) {
    BsonValue value = body().get(field);
    if (value == null) {
      throw Refusal.at(
          40414, "BSON field '%s.%s' is missing but a required field".formatted(name, field));
    }
    return value;
  }

  String string(String field) {
    BsonValue value = required(field);
    if (!value.isString()) {
      throw wrongType(field, value, "string");
    }
    return value.asString().getValue();
  }

  boolean flag(String field, boolean absent) {
    BsonValue value = body().getOrDefault(field, BsonBoolean.valueOf(absent));
    if (value.isBoolean()) {
      return value.asBoolean().getValue();
    }
    if (value.isNumber()) {
      return value.asNumber().doubleValue() != 0;
    }
    throw wrongType(field, value, "bool");
  }

  /** A whole number that is not negative. */
  long count(String field, long absent) {
    BsonValue value = body().get(field);
    if (value == null || value.isNull()) {
      return absent;
    }
    if (!value.isNumber()) {
      throw wrongType(field, value, "long");
    }
    long number = value.asNumber().longValue();
    if (number < 0) {
      throw Refusal.at(
          51024, "BSON field '%s' value must be >= 0, actual value '%d'".formatted(field, number));
    }
    return number;
  }

  /** The documents of a field, wherever in the message they are. */
  List<BsonDocument> documents(String field) {
    if (call.sequences().containsKey(field)) {
      return List.copyOf(call.sequences().get(field));
    }
    List<BsonDocument> documents = new ArrayList<>();
    for (BsonValue value : array(field)) {
      if (!value.isDocument()) {
        throw wrongType(field, value, "object");
      }
      documents.add(value.asDocument());
    }
    return documents;
  }

  Refusal wrongType(String field, BsonValue value, String expected) {
    return ErrorCode.TYPE_MISMATCH.because(
        "BSON field '%s.%s' is the wrong type '%s', expected type '%s'"
            .formatted(name, field, TypeName.of(value), expected));
  }
}
