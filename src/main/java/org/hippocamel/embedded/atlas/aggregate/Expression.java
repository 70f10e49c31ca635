package org.hippocamel.embedded.atlas.aggregate;

import org.bson.BsonNull;
import org.bson.BsonType;
import org.bson.BsonValue;

/** An aggregation expression. A Java null stands for a missing value. */
interface Expression {
  BsonValue evaluate(Scope scope);

  static Expression parse(BsonValue value) {
    return ExpressionParser.parse(value);
  }

  /** The value, or BSON's null where there is none. */
  default BsonValue orNull(Scope scope) {
    BsonValue value = evaluate(scope);
    return value == null ? BsonNull.VALUE : value;
  }

  static boolean isNull(BsonValue value) {
    return value == null || value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
  }

  static boolean truthy(BsonValue value) {
    if (isNull(value)) {
      return false;
    }
    if (value.isBoolean()) {
      return value.asBoolean().getValue();
    }
    return !value.isNumber() || value.asNumber().doubleValue() != 0;
  }
}
