package org.hippocamel.embedded.atlas.command;

import java.util.Map;
import java.util.StringJoiner;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.store.IndexDefinition;

/** Reads one of the {@code indexes} of createIndexes; options without effect here are refused. */
final class IndexSpecification {
  private IndexSpecification() {}

  static IndexDefinition parse(BsonDocument specification) {
    specification.forEach(IndexSpecification::requireKnown);
    BsonValue key = specification.get("key");
    if (key == null || !key.isDocument() || key.asDocument().isEmpty()) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "The 'key' field is a required property of an index specification");
    }
    key.asDocument().forEach(IndexSpecification::requireDirection);
    BsonValue name = specification.get("name");
    boolean unique =
        specification.containsKey("unique") && UpdateStatement.flag(specification, "unique");
    return new IndexDefinition(
        name != null && name.isString() ? name.asString().getValue() : name(key.asDocument()),
        plain(key.asDocument()),
        unique,
        expiry(specification.get("expireAfterSeconds"), key.asDocument()));
  }

  private static void requireKnown(String option, BsonValue value) {
    switch (option) {
      case "key", "name", "unique", "expireAfterSeconds", "v", "background", "ns" -> {}
      default ->
          throw ErrorCode.INVALID_INDEX_SPECIFICATION_OPTION.because(
              "The field '" + option + "' is not valid for an index specification");
    }
  }

  private static void requireDirection(String field, BsonValue direction) {
    if (direction.isString()) {
      throw ErrorCode.CANNOT_CREATE_INDEX.because(
          "Index type '" + direction.asString().getValue() + "' is not supported");
    }
    if (!direction.isNumber() || direction.asNumber().doubleValue() == 0) {
      throw ErrorCode.CANNOT_CREATE_INDEX.because(
          "Values in the index key pattern must be 1 or -1, not " + direction);
    }
    if (field.contains("$**")) {
      throw ErrorCode.CANNOT_CREATE_INDEX.because("wildcard indexes are not supported");
    }
    FieldPath.of(field);
  }

  private static BsonDocument plain(BsonDocument key) {
    BsonDocument copy = new BsonDocument();
    copy.putAll(key);
    return copy;
  }

  /** As drivers make it: {@code tenant_1_created_at_-1}. */
  private static String name(BsonDocument key) {
    StringJoiner name = new StringJoiner("_");
    for (Map.Entry<String, BsonValue> field : key.entrySet()) {
      name.add(field.getKey()).add(Integer.toString(field.getValue().asNumber().intValue()));
    }
    return name.toString();
  }

  private static Long expiry(BsonValue seconds, BsonDocument key) {
    if (seconds == null) {
      return null;
    }
    BsonNumber number = seconds.isNumber() ? seconds.asNumber() : null;
    if (number == null || number.longValue() < 0 || number.longValue() > Integer.MAX_VALUE) {
      throw ErrorCode.CANNOT_CREATE_INDEX.because(
          "TTL index 'expireAfterSeconds' option must be within an acceptable range, but was "
              + seconds);
    }
    if (key.size() > 1 || key.containsKey("_id")) {
      throw ErrorCode.CANNOT_CREATE_INDEX.because(
          "TTL indexes are single-field indexes, and the _id field cannot have one");
    }
    return number.longValue();
  }
}
