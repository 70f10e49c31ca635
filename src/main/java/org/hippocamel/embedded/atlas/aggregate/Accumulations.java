package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;

/** What $sum, $avg, $min and $max make of many values; all but $sum's zero ignore non-numbers. */
final class Accumulations {
  private Accumulations() {}

  /** As expressions, a single array argument stands for its elements. */
  static List<BsonValue> spread(List<BsonValue> args) {
    return args.size() == 1 && args.get(0).isArray() ? args.get(0).asArray() : args;
  }

  static BsonValue sum(List<BsonValue> values) {
    BsonValue sum = new BsonInt32(0);
    for (BsonValue value : numbers(values)) {
      sum = Arithmetic.combine(sum.asNumber(), value.asNumber(), true);
    }
    return sum;
  }

  static BsonValue average(List<BsonValue> values) {
    List<BsonValue> numbers = numbers(values);
    double sum = numbers.stream().mapToDouble(number -> number.asNumber().doubleValue()).sum();
    return numbers.isEmpty() ? BsonNull.VALUE : new BsonDouble(sum / numbers.size());
  }

  private static List<BsonValue> numbers(List<BsonValue> values) {
    List<BsonValue> numbers = new ArrayList<>();
    for (BsonValue value : values) {
      if (value.isNumber() && !value.isDecimal128()) {
        numbers.add(value);
      }
    }
    return numbers;
  }

  static BsonValue extreme(List<BsonValue> values, int sign) {
    BsonValue best = null;
    for (BsonValue value : values) {
      if (!Expression.isNull(value)
          && (best == null || BsonComparator.INSTANCE.compare(value, best) * sign > 0)) {
        best = value;
      }
    }
    return best == null ? BsonNull.VALUE : best;
  }
}
