package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.bson.BsonArray;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.Refusal;

/** What $group keeps of one field of a group. */
interface Accumulator {
  /** Takes the value of one more row; null for a missing one. */
  void add(BsonValue value);

  BsonValue result();

  static Supplier<Accumulator> named(String name) {
    return switch (name) {
      case "$sum" -> Sum::new;
      case "$avg" -> Average::new;
      case "$min" -> () -> new Extreme(-1);
      case "$max" -> () -> new Extreme(1);
      case "$first" -> () -> new Edge(true);
      case "$last" -> () -> new Edge(false);
      case "$push" -> Push::new;
      case "$addToSet" -> AddToSet::new;
      default -> throw Refusal.at(15952, "unknown group operator '" + name + "'");
    };
  }

  /** $sum */
  final class Sum implements Accumulator {
    private BsonValue sum = new BsonInt32(0);

    @Override
    public void add(BsonValue value) {
      if (value != null && value.isNumber() && !value.isDecimal128()) {
        sum = Arithmetic.combine(sum.asNumber(), value.asNumber(), true);
      }
    }

    @Override
    public BsonValue result() {
      return sum;
    }
  }

  /** $avg */
  final class Average implements Accumulator {
    private double sum;
    private long count;

    @Override
    public void add(BsonValue value) {
      if (value != null && value.isNumber()) {
        sum += value.asNumber().doubleValue();
        count++;
      }
    }

    @Override
    public BsonValue result() {
      return count == 0 ? BsonNull.VALUE : new BsonDouble(sum / count);
    }
  }

  /** $min and $max */
  final class Extreme implements Accumulator {
    private final int sign;
    private BsonValue best;

    Extreme(int sign) {
      this.sign = sign;
    }

    @Override
    public void add(BsonValue value) {
      boolean better =
          !Expression.isNull(value)
              && (best == null || BsonComparator.INSTANCE.compare(value, best) * sign > 0);
      best = better ? value : best;
    }

    @Override
    public BsonValue result() {
      return best == null ? BsonNull.VALUE : best;
    }
  }

  /** $first and $last */
  final class Edge implements Accumulator {
    private final boolean first;
    private boolean seen;
    private BsonValue value;

    Edge(boolean first) {
      this.first = first;
    }

    @Override
    public void add(BsonValue next) {
      value = first && seen ? value : next;
      seen = true;
    }

    @Override
    public BsonValue result() {
      return value == null ? BsonNull.VALUE : value;
    }
  }

  /** $push */
  final class Push implements Accumulator {
    private final List<BsonValue> values = new ArrayList<>();

    @Override
    public void add(BsonValue value) {
      if (value != null) {
        values.add(value);
      }
    }

    @Override
    public BsonValue result() {
      return new BsonArray(values);
    }
  }

  /** $addToSet; MongoDB promises no order, this one sorts. */
  final class AddToSet implements Accumulator {
    private final TreeSet<BsonValue> values = new TreeSet<>(BsonComparator.INSTANCE);

    @Override
    public void add(BsonValue value) {
      if (value != null) {
        values.add(value);
      }
    }

    @Override
    public BsonValue result() {
      return new BsonArray(new ArrayList<>(values));
    }
  }
}
