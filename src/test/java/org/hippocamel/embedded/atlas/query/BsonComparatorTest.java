package org.hippocamel.embedded.atlas.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

class BsonComparatorTest {
  private static int order(BsonValue a, BsonValue b) {
    int order = Integer.signum(BsonComparator.INSTANCE.compare(a, b));
    assertEquals(-order, Integer.signum(BsonComparator.INSTANCE.compare(b, a)));
    return order;
  }

  @Test
  void numbers_areComparedExactly() {
    assertEquals(0, order(new BsonInt32(2), new BsonDouble(2)));
    assertEquals(1, order(new BsonInt64((1L << 53) + 1), new BsonDouble(0x1p53)));
    assertEquals(-1, order(new BsonInt64(Long.MAX_VALUE), new BsonDouble(0x1p63)));
    assertEquals(0, order(new BsonDouble(-0.0), new BsonInt32(0)));
    assertEquals(-1, order(new BsonDouble(Double.NaN), new BsonInt64(Long.MIN_VALUE)));
    assertEquals(0, order(new BsonDecimal128(Decimal128.parse("1.50")), new BsonDouble(1.5)));
    assertEquals(1, order(new BsonDecimal128(Decimal128.parse("0.1")), new BsonDouble(0.09)));
  }

  @Test
  void strings_areComparedByTheirBytes() {
    assertEquals(-1, order(new BsonString("\uffee"), new BsonString("\uD83D\uDC2B")));
    assertEquals(-1, order(new BsonString("a"), new BsonString("aa")));
  }

  @Test
  void documents_areComparedFieldByField() {
    BsonDocument ab = BsonDocument.parse("{a: 1, b: 2}");
    assertEquals(0, order(ab, BsonDocument.parse("{a: 1.0, b: 2}")));
    assertFalse(BsonComparator.equal(ab, BsonDocument.parse("{b: 2, a: 1}")));
    assertEquals(1, order(ab, BsonDocument.parse("{a: 1}")));
    assertEquals(-1, order(ab, BsonDocument.parse("{a: 'x'}")));
  }

  @Test
  void types_haveTheirOwnOrder() {
    assertTrue(order(new BsonInt32(9), new BsonString("")) < 0);
    assertTrue(order(new BsonString("z"), new BsonDocument()) < 0);
  }
}
