package org.hippocamel.embedded.atlas.store;

import java.util.StringJoiner;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/** Error 11000 in the words that drivers and people look for. */
final class DuplicateKey {
  private DuplicateKey() {}

  static Refusal of(String namespace, IndexDefinition index, BsonDocument document) {
    BsonDocument values = new BsonDocument();
    StringJoiner shown = new StringJoiner(", ", "{ ", " }");
    for (String field : index.fields()) {
      BsonValue value = FieldPath.of(field).value(document);
      value = value == null ? BsonNull.VALUE : value;
      values.append(field, value);
      shown.add(field + ": " + show(value));
    }
    BsonDocument details = new BsonDocument("keyPattern", index.key()).append("keyValue", values);
    return new Refusal(
        ErrorCode.DUPLICATE_KEY.code(),
        ErrorCode.DUPLICATE_KEY.codeName(),
        "E11000 duplicate key error collection: %s index: %s dup key: %s"
            .formatted(namespace, index.name(), shown),
        details);
  }

  private static String show(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> '"' + value.asString().getValue() + '"';
      case OBJECT_ID -> "ObjectId('" + value.asObjectId().getValue() + "')";
      case NULL -> "null";
      case INT32 -> Integer.toString(value.asInt32().getValue());
      case INT64 -> Long.toString(value.asInt64().getValue());
      case DOUBLE -> Double.toString(value.asDouble().getValue());
      case BOOLEAN -> Boolean.toString(value.asBoolean().getValue());
      case DOCUMENT -> value.asDocument().toJson();
      default -> value.getBsonType().name();
    };
  }
}
