package org.hippocamel.embedded.atlas.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.bson.BsonDateTime;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;

/** Numbers and dates. int grows to long where it must, any double makes the result a double. */
final class Arithmetic {
  private Arithmetic() {}

  /** Two numbers in, one out: on longs where both are whole, else on doubles. */
  private interface Whole {
    long apply(long a, long b);
  }

  private interface Real {
    double apply(double a, double b);
  }

  static BsonValue combine(BsonNumber a, BsonNumber b, boolean sum) {
    return sum
        ? combine(a, b, Math::addExact, Double::sum)
        : combine(a, b, Math::multiplyExact, (x, y) -> x * y);
  }

  private static BsonValue combine(BsonNumber a, BsonNumber b, Whole whole, Real real) {
    if (a.isDouble() || b.isDouble()) {
      return new BsonDouble(real.apply(a.doubleValue(), b.doubleValue()));
    }
    try {
      long result = whole.apply(a.longValue(), b.longValue());
      boolean narrow = a.isInt32() && b.isInt32() && result == (int) result;
      return narrow ? new BsonInt32((int) result) : new BsonInt64(result);
    } catch (ArithmeticException overflow) {
      return new BsonDouble(real.apply(a.doubleValue(), b.doubleValue()));
    }
  }

  static BsonValue add(List<BsonValue> args) {
    BsonValue sum = new BsonInt32(0);
    Long date = null;
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      if (arg.isDateTime() && date == null) {
        date = arg.asDateTime().getValue();
      } else {
        sum = combine(sum.asNumber(), number("$add", arg), true);
      }
    }
    return date == null ? sum : new BsonDateTime(date + sum.asNumber().longValue());
  }

  static BsonValue multiply(List<BsonValue> args) {
    BsonValue product = new BsonInt32(1);
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      product = combine(product.asNumber(), number("$multiply", arg), false);
    }
    return product;
  }

  static BsonValue subtract(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    BsonValue a = args.get(0);
    BsonValue b = args.get(1);
    if (a.isDateTime()) {
      long left = a.asDateTime().getValue();
      return b.isDateTime()
          ? new BsonInt64(left - b.asDateTime().getValue())
          : new BsonDateTime(left - number("$subtract", b).longValue());
    }
    return combine(
        number("$subtract", a), number("$subtract", b), Math::subtractExact, (x, y) -> x - y);
  }

  static BsonValue divide(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    double divisor = number("$divide", args.get(1)).doubleValue();
    if (divisor == 0) {
      throw ErrorCode.BAD_VALUE.because("can't $divide by zero");
    }
    return new BsonDouble(number("$divide", args.get(0)).doubleValue() / divisor);
  }

  static BsonValue mod(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    BsonNumber divisor = number("$mod", args.get(1));
    if (divisor.doubleValue() == 0) {
      throw Refusal.at(16610, "can't $mod by zero");
    }
    return combine(number("$mod", args.get(0)), divisor, (a, b) -> a % b, (a, b) -> a % b);
  }

  static BsonValue pow(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    BsonNumber base = number("$pow", args.get(0));
    BsonNumber exponent = number("$pow", args.get(1));
    double power = Math.pow(base.doubleValue(), exponent.doubleValue());
    boolean whole = !base.isDouble() && !exponent.isDouble() && power == Math.rint(power);
    if (!whole || Math.abs(power) > 1L << 53) {
      return new BsonDouble(power);
    }
    return power == (int) power ? new BsonInt32((int) power) : new BsonInt64((long) power);
  }

  /** Half to even, as MongoDB does. */
  static BsonValue round(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    int place = args.size() < 2 ? 0 : number("$round", args.get(1)).intValue();
    BsonNumber number = number("$round", args.get(0));
    if (!number.isDouble() || !Double.isFinite(number.doubleValue())) {
      return number;
    }
    BigDecimal exact = BigDecimal.valueOf(number.doubleValue());
    return new BsonDouble(exact.setScale(place, RoundingMode.HALF_EVEN).doubleValue());
  }

  static BsonValue real(BsonValue arg, DoubleUnaryOperator function) {
    return Expression.isNull(arg)
        ? BsonNull.VALUE
        : new BsonDouble(function.applyAsDouble(number("the function", arg).doubleValue()));
  }

  static BsonValue whole(BsonValue arg, DoubleUnaryOperator real, LongUnaryOperator whole) {
    if (Expression.isNull(arg)) {
      return BsonNull.VALUE;
    }
    BsonNumber number = number("the function", arg);
    if (number.isDouble()) {
      return new BsonDouble(real.applyAsDouble(number.doubleValue()));
    }
    long result = whole.applyAsLong(number.longValue());
    return number.isInt32() ? new BsonInt32((int) result) : new BsonInt64(result);
  }

  private static BsonNumber number(String operator, BsonValue value) {
    if (!value.isNumber() || value.isDecimal128()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          operator + " only supports numeric or date types, not " + TypeName.of(value));
    }
    return value.asNumber();
  }
}
