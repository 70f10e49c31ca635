package org.hippocamel.embedded.atlas.aggregate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;

/** Strings, and conversions to and from them. */
final class StringOperators {
  private static final int CONVERSION_FAILURE = 241;
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private StringOperators() {}

  static BsonValue concat(List<BsonValue> args) {
    StringBuilder text = new StringBuilder();
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      if (!arg.isString()) {
        throw Refusal.at(16702, "$concat only supports strings, not " + TypeName.of(arg));
      }
      text.append(arg.asString().getValue());
    }
    return new BsonString(text.toString());
  }

  static BsonValue mapped(BsonValue value, UnaryOperator<String> change) {
    return new BsonString(Expression.isNull(value) ? "" : change.apply(text(value)));
  }

  static BsonValue length(List<BsonValue> args) {
    if (!args.get(0).isString()) {
      throw Refusal.at(
          34471, "$strLenCP requires a string argument, found: " + TypeName.of(args.get(0)));
    }
    String text = args.get(0).asString().getValue();
    return new BsonInt32(text.codePointCount(0, text.length()));
  }

  static BsonValue string(BsonValue value) {
    return Expression.isNull(value) ? BsonNull.VALUE : new BsonString(text(value));
  }

  private static String text(BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> value.asString().getValue();
      case INT32, INT64 -> Long.toString(value.asNumber().longValue());
      case DOUBLE -> real(value.asDouble().getValue());
      case BOOLEAN -> Boolean.toString(value.asBoolean().getValue());
      case OBJECT_ID -> value.asObjectId().getValue().toHexString();
      case DATE_TIME -> ISO.format(Instant.ofEpochMilli(value.asDateTime().getValue()));
      default -> throw unsupported(value, "string");
    };
  }

  private static String real(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  static BsonValue real(BsonValue value) {
    return Expression.isNull(value)
        ? BsonNull.VALUE
        : new BsonDouble(number(value, "double").doubleValue());
  }

  static BsonValue whole(BsonValue value) {
    return Expression.isNull(value) ? BsonNull.VALUE : new BsonInt64(truncated(value, "long"));
  }

  static BsonValue integer(BsonValue value) {
    if (Expression.isNull(value)) {
      return BsonNull.VALUE;
    }
    long whole = truncated(value, "int");
    if (whole != (int) whole) {
      throw failure("Conversion would overflow target type in $convert with no onError value");
    }
    return new BsonInt32((int) whole);
  }

  private static long truncated(BsonValue value, String target) {
    return value.isString() ? wholeText(value) : number(value, target).longValue();
  }

  private static long wholeText(BsonValue value) {
    try {
      return Long.parseLong(value.asString().getValue());
    } catch (NumberFormatException e) {
      throw failure("Failed to parse number in $convert with no onError value");
    }
  }

  private static BsonNumber number(BsonValue value, String target) {
    try {
      return switch (value.getBsonType()) {
        case INT32, INT64, DOUBLE -> value.asNumber();
        case BOOLEAN -> new BsonInt32(value.asBoolean().getValue() ? 1 : 0);
        case DATE_TIME -> new BsonInt64(value.asDateTime().getValue());
        case STRING -> new BsonDouble(Double.parseDouble(value.asString().getValue()));
        default -> throw unsupported(value, target);
      };
    } catch (NumberFormatException e) {
      throw failure("Failed to parse number in $convert with no onError value");
    }
  }

  private static Refusal unsupported(BsonValue value, String target) {
    return failure(
        "Unsupported conversion from %s to %s in $convert with no onError value"
            .formatted(TypeName.of(value), target));
  }

  private static Refusal failure(String message) {
    return new Refusal(CONVERSION_FAILURE, "ConversionFailure", message, new BsonDocument());
  }
}
