package org.hippocamel.embedded.atlas.search;

import java.math.BigDecimal;
import org.bson.BsonBinarySubType;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.Decimal128;

/** Values as filters compare them: {@code 1}, {@code 1L} and {@code 1.0} are the same number. */
final class Scalars {
  private Scalars() {}

  /** The one form of an indexable value, null for a type that filters cannot hold. */
  static BsonValue canonical(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING, BOOLEAN, DATE_TIME, OBJECT_ID, NULL -> value;
      case INT64 -> value;
      case INT32 -> new BsonInt64(value.asInt32().getValue());
      case DOUBLE -> number(value.asDouble().getValue());
      case DECIMAL128 -> number(number(value));
      case BINARY ->
          value.asBinary().getType() == BsonBinarySubType.UUID_STANDARD.getValue() ? value : null;
      default -> null;
    };
  }

  /** Any number as a double; a decimal that is no finite number becomes NaN. */
  static double number(BsonValue value) {
    if (!value.isDecimal128()) {
      return value.asNumber().doubleValue();
    }
    Decimal128 decimal = value.asDecimal128().getValue();
    return decimal.isFinite() ? new BigDecimal(decimal.toString()).doubleValue() : Double.NaN;
  }

  private static BsonValue number(double value) {
    // 2^63 as a double is out of the range of a long although the cast would hide it.
    boolean whole = value == Math.rint(value) && Math.abs(value) < 0x1p63;
    return whole ? new BsonInt64((long) value) : new BsonDouble(value);
  }

  /** Whether a range operator may hold the value. */
  static boolean ordered(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING, INT64, DOUBLE, DATE_TIME, OBJECT_ID -> true;
      default -> false;
    };
  }

  /**
   * Compares canonical values of the same kind.
   *
   * @return negative, zero or positive, or null when the kinds differ
   */
  static Integer compare(BsonValue a, BsonValue b) {
    if (a.isNumber() && b.isNumber()) {
      return a.getBsonType() == BsonType.INT64 && b.getBsonType() == BsonType.INT64
          ? Long.compare(a.asInt64().getValue(), b.asInt64().getValue())
          : Double.compare(a.asNumber().doubleValue(), b.asNumber().doubleValue());
    }
    if (a.getBsonType() != b.getBsonType()) {
      return null;
    }
    return switch (a.getBsonType()) {
      case STRING -> a.asString().getValue().compareTo(b.asString().getValue());
      case DATE_TIME -> Long.compare(a.asDateTime().getValue(), b.asDateTime().getValue());
      case OBJECT_ID -> a.asObjectId().getValue().compareTo(b.asObjectId().getValue());
      default -> null;
    };
  }
}
