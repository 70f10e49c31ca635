package org.hippocamel.embedded.atlas.aggregate;

import java.util.Iterator;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;

/** $skip and $limit */
record WindowStage(boolean limits, long count) implements Stage {
  static WindowStage limit(BsonValue value) {
    long count = whole("$limit", 15957, value);
    if (count <= 0) {
      throw Refusal.at(15958, "the limit must be positive");
    }
    return new WindowStage(true, count);
  }

  static WindowStage skip(BsonValue value) {
    long count = whole("$skip", 15972, value);
    if (count < 0) {
      throw Refusal.at(15956, "the skip must be non-negative");
    }
    return new WindowStage(false, count);
  }

  private static long whole(String stage, int code, BsonValue value) {
    if (!value.isNumber()
        || value.asNumber().doubleValue() != Math.rint(value.asNumber().doubleValue())) {
      throw Refusal.at(code, "the argument of " + stage + " must be a whole number");
    }
    return value.asNumber().longValue();
  }

  @Override
  public Iterator<Row> apply(Iterator<Row> input) {
    return limits ? Rows.limit(input, count) : Rows.skip(input, count);
  }
}
