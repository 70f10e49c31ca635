package org.hippocamel.embedded.atlas.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.junit.jupiter.api.Test;

class KeyEncoderTest {
  private static final double[] NUMBERS = {
    Double.NaN,
    Double.NEGATIVE_INFINITY,
    -1e300,
    -0x1p63,
    -2.5,
    -1,
    -0.0,
    0,
    1e-310,
    0.5,
    1,
    1.5,
    0x1p53,
    0x1p53 + 2,
    0x1p63,
    1e300,
    Double.POSITIVE_INFINITY
  };
  private static final long[] LONGS = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    -5,
    0,
    1,
    2,
    (1L << 53) - 1,
    1L << 53,
    (1L << 53) + 1,
    (1L << 53) + 2,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE
  };
  private static final String[] TEXTS = {
    "", "a", "a\0", "a\0b", "ab", "b", "\u00ff", "\uffee", "\uD83D\uDC2B", "a\u0001"
  };

  private static List<BsonValue> values() {
    List<BsonValue> values = new ArrayList<>();
    for (double number : NUMBERS) {
      values.add(new BsonDouble(number));
    }
    for (long number : LONGS) {
      values.add(new BsonInt64(number));
    }
    for (String text : TEXTS) {
      values.add(new BsonString(text));
      values.add(new BsonArray(List.of(new BsonString(text))));
      values.add(new BsonDocument("f" + text.replace("\0", ""), new BsonString(text)));
    }
    for (int i = -3; i < 3; i++) {
      values.add(new BsonInt32(i));
      values.add(new BsonDateTime(i));
      values.add(new BsonTimestamp(i));
      values.add(new BsonArray(List.of(new BsonInt32(i), BsonNull.VALUE)));
      values.add(new BsonDocument("a", new BsonInt32(i)).append("b", BsonNull.VALUE));
    }
    values.addAll(
        List.of(
            BsonNull.VALUE,
            BsonBoolean.TRUE,
            BsonBoolean.FALSE,
            new BsonMinKey(),
            new BsonMaxKey(),
            new BsonArray(),
            new BsonDocument(),
            new BsonBinary(new byte[] {1}),
            new BsonBinary(new byte[] {0, 0}),
            new BsonBinary((byte) 9, new byte[] {0, 0}),
            new BsonObjectId(new ObjectId("000000000000000000000001")),
            new BsonObjectId(new ObjectId("ffffffffffffffffffffffff"))));
    return values;
  }

  @Test
  void encode_ordersAsTheComparatorDoes() {
    List<BsonValue> values = values();
    for (BsonValue a : values) {
      for (BsonValue b : values) {
        int bytes = Arrays.compareUnsigned(KeyEncoder.encode(a), KeyEncoder.encode(b));
        int order = BsonComparator.INSTANCE.compare(a, b);
        assertEquals(Integer.signum(order), Integer.signum(bytes), a + " and " + b);
      }
    }
  }

  @Test
  void encode_isNeverAPrefixOfAnother() {
    List<BsonValue> values = values();
    for (BsonValue a : values) {
      for (BsonValue b : values) {
        byte[] x = KeyEncoder.encode(a);
        byte[] y = KeyEncoder.encode(b);
        int shared = Arrays.mismatch(x, y);
        assertEquals(
            false, shared == x.length && x.length < y.length, a + " begins the bytes of " + b);
      }
    }
  }

  @Test
  void encode_isOneForEqualNumbers() {
    byte[] one = KeyEncoder.encode(new BsonInt32(1));
    assertArrayEquals(one, KeyEncoder.encode(new BsonInt64(1)));
    assertArrayEquals(one, KeyEncoder.encode(new BsonDouble(1)));
  }

  @Test
  void encode_randomLongsAndDoubles() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      long whole = random.nextLong() >> random.nextInt(64);
      BsonValue a = new BsonInt64(whole);
      BsonValue b = new BsonDouble((double) (whole + random.nextInt(3) - 1));
      assertEquals(
          Integer.signum(BsonComparator.INSTANCE.compare(a, b)),
          Integer.signum(Arrays.compareUnsigned(KeyEncoder.encode(a), KeyEncoder.encode(b))));
    }
  }

  @Test
  void encode_refusesDecimals() {
    assertThrows(
        Refusal.class, () -> KeyEncoder.encode(new BsonDecimal128(Decimal128.parse("1.1"))));
  }

  @Test
  void range_endsBehindThePrefix() {
    assertArrayEquals(new byte[] {1, 3}, KeyRange.after(new byte[] {1, 2}));
    assertArrayEquals(new byte[] {2}, KeyRange.after(new byte[] {1, (byte) 0xff}));
    assertEquals(null, KeyRange.after(new byte[] {(byte) 0xff}));
  }
}
