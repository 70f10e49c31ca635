package org.hippocamel.embedded.atlas.query;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonRegularExpression;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * MongoDB's order over all BSON values ("Comparison/Sort Order" in its manual). Numbers of every
 * width are one type: 1, 1L and 1.0 are equal. NaN is below every other number.
 */
public final class BsonComparator implements Comparator<BsonValue> {
  public static final BsonComparator INSTANCE = new BsonComparator();

  private static final double TWO_TO_63 = 0x1p63;

  private BsonComparator() {}

  public static boolean equal(BsonValue a, BsonValue b) {
    return INSTANCE.compare(a, b) == 0;
  }

  /** The place of a type in the order; types that share it are compared by value. */
  public static int rank(BsonType type) {
    return switch (type) {
      case MIN_KEY -> 0;
      case UNDEFINED -> 1;
      case NULL -> 2;
      case INT32, INT64, DOUBLE, DECIMAL128 -> 3;
      case STRING, SYMBOL -> 4;
      case DOCUMENT -> 5;
      case ARRAY -> 6;
      case BINARY -> 7;
      case OBJECT_ID -> 8;
      case BOOLEAN -> 9;
      case DATE_TIME -> 10;
      case TIMESTAMP -> 11;
      case REGULAR_EXPRESSION -> 12;
      case DB_POINTER -> 13;
      case JAVASCRIPT -> 14;
      case JAVASCRIPT_WITH_SCOPE -> 15;
      case MAX_KEY -> 16;
      case END_OF_DOCUMENT -> throw new IllegalArgumentException("not a value: " + type);
    };
  }

  @Override
  public int compare(BsonValue a, BsonValue b) {
    int ranks = Integer.compare(rank(a.getBsonType()), rank(b.getBsonType()));
    return ranks != 0 ? ranks : compareSameRank(a, b);
  }

  private int compareSameRank(BsonValue a, BsonValue b) {
    return switch (a.getBsonType()) {
      case INT32, INT64, DOUBLE, DECIMAL128 -> compareNumbers(a.asNumber(), b.asNumber());
      case STRING, SYMBOL -> compareStrings(text(a), text(b));
      case DOCUMENT -> compareDocuments(a.asDocument(), b.asDocument());
      case ARRAY -> compareArrays(a.asArray(), b.asArray());
      case BINARY -> compareBinaries(a.asBinary(), b.asBinary());
      case OBJECT_ID -> a.asObjectId().compareTo(b.asObjectId());
      case BOOLEAN -> a.asBoolean().compareTo(b.asBoolean());
      case DATE_TIME -> a.asDateTime().compareTo(b.asDateTime());
      case TIMESTAMP -> a.asTimestamp().compareTo(b.asTimestamp());
      case REGULAR_EXPRESSION -> compareRegex(a.asRegularExpression(), b.asRegularExpression());
      case MIN_KEY, MAX_KEY, NULL, UNDEFINED -> 0;
      default -> a.toString().compareTo(b.toString());
    };
  }

  static String text(BsonValue value) {
    return value.isString() ? value.asString().getValue() : value.asSymbol().getSymbol();
  }

  /** Orders by UTF-8 bytes, as MongoDB does; UTF-16 order differs above the basic plane. */
  private static int compareStrings(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothPlain = !Character.isSurrogate(x) && !Character.isSurrogate(y);
        if (bothPlain || Character.isSurrogate(x) == Character.isSurrogate(y)) {
          return Character.compare(x, y);
        }
        return Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private int compareDocuments(BsonDocument a, BsonDocument b) {
    Iterator<Map.Entry<String, BsonValue>> left = a.entrySet().iterator();
    Iterator<Map.Entry<String, BsonValue>> right = b.entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<String, BsonValue> x = left.next();
      Map.Entry<String, BsonValue> y = right.next();
      int order =
          Integer.compare(rank(x.getValue().getBsonType()), rank(y.getValue().getBsonType()));
      order = order != 0 ? order : compareStrings(x.getKey(), y.getKey());
      order = order != 0 ? order : compareSameRank(x.getValue(), y.getValue());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private int compareArrays(BsonArray a, BsonArray b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compareBinaries(BsonBinary a, BsonBinary b) {
    int order = Integer.compare(a.getData().length, b.getData().length);
    order = order != 0 ? order : Integer.compare(a.getType() & 0xff, b.getType() & 0xff);
    return order != 0 ? order : Arrays.compareUnsigned(a.getData(), b.getData());
  }

  private static int compareRegex(BsonRegularExpression a, BsonRegularExpression b) {
    int order = a.getPattern().compareTo(b.getPattern());
    return order != 0 ? order : a.getOptions().compareTo(b.getOptions());
  }

  private static int compareNumbers(BsonNumber a, BsonNumber b) {
    if (a.isDecimal128() || b.isDecimal128()) {
      return compareWithDecimal(a, b);
    }
    if (!a.isDouble() && !b.isDouble()) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (a.isDouble() && b.isDouble()) {
      return compareDoubles(a.doubleValue(), b.doubleValue());
    }
    return a.isDouble()
        ? -compareLongToDouble(b.longValue(), a.doubleValue())
        : compareLongToDouble(a.longValue(), b.doubleValue());
  }

  private static int compareDoubles(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(!Double.isNaN(a), !Double.isNaN(b));
    }
    return a < b ? -1 : a > b ? 1 : 0; // -0.0 equals 0.0, which Double.compare denies
  }

  private static int compareLongToDouble(long a, double b) {
    if (Double.isNaN(b)) {
      return 1;
    }
    if (b >= TWO_TO_63 || b < -TWO_TO_63) {
      return b > 0 ? -1 : 1;
    }
    int whole = Long.compare(a, (long) b);
    return whole != 0 ? whole : compareDoubles(0, b - (long) b);
  }

  private static int compareWithDecimal(BsonNumber a, BsonNumber b) {
    double x = a.doubleValue();
    double y = b.doubleValue();
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      return compareDoubles(x, y);
    }
    return exact(a).compareTo(exact(b));
  }

  private static BigDecimal exact(BsonNumber number) {
    if (number.isDouble()) {
      return new BigDecimal(number.doubleValue());
    }
    if (number.isDecimal128()) {
      // "-0" has no BigDecimal of its own
      return number.doubleValue() == 0
          ? BigDecimal.ZERO
          : number.asDecimal128().getValue().bigDecimalValue();
    }
    return BigDecimal.valueOf(number.longValue());
  }
}
