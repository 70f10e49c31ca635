package org.hippocamel.embedded.atlas.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonRegularExpression;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.ErrorCode;

/**
 * Turns BSON values into bytes whose unsigned order is MongoDB's order of the values; equal values
 * (1 and 1.0) give equal bytes, and no encoding is a prefix of another.
 *
 * <pre>
 * value    rank+1  then
 * null     03      -
 * 5        04      sortable double (8), what the double lost (2)
 * "ab"     05      61 62 00 00          a zero byte inside is written 00 FF
 * {a: 1}   06      per field: rank, name, value; then 00
 * [1, 2]   07      per element: value; then 00
 * </pre>
 */
public final class KeyEncoder {
  private byte[] bytes = new byte[48];
  private int length;

  public static byte[] encode(BsonValue value) {
    return new KeyEncoder().add(value).toBytes();
  }

  /** Where the values of one type begin. */
  static byte typeByte(BsonValue value) {
    return (byte) (BsonComparator.rank(value.getBsonType()) + 1);
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Appends one value; values appended in turn compare as a tuple. */
  public KeyEncoder add(BsonValue value) {
    put(typeByte(value));
    switch (value.getBsonType()) {
      case INT32, INT64, DOUBLE, DECIMAL128 -> number(value.asNumber());
      case STRING -> text(value.asString().getValue());
      case SYMBOL -> text(value.asSymbol().getSymbol());
      case DOCUMENT -> document(value.asDocument());
      case ARRAY -> {
        value.asArray().forEach(this::add);
        put(0);
      }
      case BINARY -> binary(value.asBinary());
      case OBJECT_ID -> putAll(value.asObjectId().getValue().toByteArray());
      case BOOLEAN -> put(value.asBoolean().getValue() ? 1 : 0);
      case DATE_TIME -> fixed(value.asDateTime().getValue() ^ Long.MIN_VALUE, 8);
      case TIMESTAMP -> fixed(value.asTimestamp().getValue(), 8);
      case REGULAR_EXPRESSION -> regex(value.asRegularExpression());
      case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> {}
      default -> throw notAKey(value);
    }
    return this;
  }

  private static RuntimeException notAKey(BsonValue value) {
    return ErrorCode.BAD_VALUE.because(
        value.getBsonType() + " values cannot be an _id or a key of an index");
  }

  private void number(BsonNumber number) {
    if (number.isDecimal128()) {
      throw notAKey(number);
    }
    double rounded = number.isDouble() ? number.doubleValue() : (double) number.longValue();
    fixed(sortable(rounded), 8);
    // A long beyond 2^53 is not exactly its double: the difference, at most 1024, follows.
    long lost = number.isDouble() ? 0 : difference(number.longValue(), rounded);
    fixed(lost + Short.MAX_VALUE, 2);
  }

  private static long difference(long exact, double rounded) {
    return rounded == 0x1p63 ? exact - Long.MAX_VALUE - 1 : exact - (long) rounded;
  }

  private static long sortable(double value) {
    if (Double.isNaN(value)) {
      return 0;
    }
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
  }

  private void text(String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      put(b);
      if (b == 0) {
        put(0xff);
      }
    }
    put(0);
    put(0);
  }

  private void document(BsonDocument document) {
    for (Map.Entry<String, BsonValue> field : document.entrySet()) {
      put(typeByte(field.getValue()));
      text(field.getKey());
      add(field.getValue());
    }
    put(0);
  }

  private void binary(BsonBinary binary) {
    fixed(binary.getData().length, 4);
    put(binary.getType());
    putAll(binary.getData());
  }

  private void regex(BsonRegularExpression regex) {
    text(regex.getPattern());
    text(regex.getOptions());
  }

  /** Appends the low bytes of a number, most significant first. */
  KeyEncoder fixed(long value, int width) {
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
    return this;
  }

  private void put(int value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, length * 2);
    }
    bytes[length++] = (byte) value;
  }

  KeyEncoder putAll(byte[] more) {
    if (length + more.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more.length));
    }
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }
}
