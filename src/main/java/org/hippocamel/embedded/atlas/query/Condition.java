package org.hippocamel.embedded.atlas.query;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/** What one operator asks of a field. A Java null stands for a missing value. */
public sealed interface Condition {
  /** Whether one single value satisfies it. */
  boolean test(BsonValue value);

  /** Whether a document does, at this path: an array is also asked element by element. */
  default boolean matches(FieldPath path, BsonDocument document) {
    return path.any(
        document,
        value ->
            test(value)
                || value != null
                    && value.isArray()
                    && value.asArray().stream().anyMatch(this::test));
  }

  /** $eq, $gt, $gte, $lt, $lte: only values of the operand's type are compared. */
  record Comparison(Operator operator, BsonValue operand) implements Condition {
    /** The five comparisons, as tests of the comparator's result. */
    public enum Operator {
      EQ,
      GT,
      GTE,
      LT,
      LTE;

      boolean accepts(int order) {
        return switch (this) {
          case EQ -> order == 0;
          case GT -> order > 0;
          case GTE -> order >= 0;
          case LT -> order < 0;
          case LTE -> order <= 0;
        };
      }
    }

    @Override
    public boolean test(BsonValue value) {
      if (isNull(operand)) {
        boolean orEqual = operator != Operator.GT && operator != Operator.LT;
        return orEqual && (value == null || isNull(value));
      }
      if (value == null || !comparable(value)) {
        return false;
      }
      boolean ordered = operator == Operator.EQ || isNaN(value) == isNaN(operand);
      return ordered && operator.accepts(BsonComparator.INSTANCE.compare(value, operand));
    }

    /** NaN has a place in a sort but is neither above nor below a number. */
    private static boolean isNaN(BsonValue value) {
      return value.isDouble() && Double.isNaN(value.asDouble().getValue());
    }

    private boolean comparable(BsonValue value) {
      BsonType type = operand.getBsonType();
      return type == BsonType.MIN_KEY
          || type == BsonType.MAX_KEY
          || BsonComparator.rank(type) == BsonComparator.rank(value.getBsonType());
    }

    private static boolean isNull(BsonValue value) {
      return value.isNull() || value.getBsonType() == BsonType.UNDEFINED;
    }
  }

  /**
   * $in: equal to one of the values, or matched by one of the patterns among them.
   *
   * @param sorted the values again, to be found among hundreds
   */
  record In(List<Comparison> values, List<Test> patterns, NavigableSet<BsonValue> sorted)
      implements Condition {
    In(List<Comparison> values, List<Test> patterns) {
      this(values, patterns, new TreeSet<>(BsonComparator.INSTANCE));
      values.forEach(one -> sorted.add(one.operand()));
    }

    @Override
    public boolean test(BsonValue value) {
      boolean equal =
          value == null || Comparison.isNull(value)
              ? values.stream().anyMatch(one -> one.test(value))
              : sorted.contains(value);
      return equal || patterns.stream().anyMatch(one -> one.test(value));
    }
  }

  /** An operator that is no more than a test of a value: $regex, for one. */
  record Test(Predicate<BsonValue> predicate) implements Condition {
    @Override
    public boolean test(BsonValue value) {
      return predicate.test(value);
    }
  }

  /** An operator that looks at the array itself and not at its elements: $size, $exists. */
  record Whole(Predicate<BsonValue> predicate) implements Condition {
    @Override
    public boolean test(BsonValue value) {
      return predicate.test(value);
    }

    @Override
    public boolean matches(FieldPath path, BsonDocument document) {
      return path.any(document, predicate);
    }
  }

  /** Several operators on one field, each satisfied by some value of it. */
  record All(List<Condition> conditions) implements Condition {
    @Override
    public boolean test(BsonValue value) {
      return conditions.stream().allMatch(one -> one.test(value));
    }

    @Override
    public boolean matches(FieldPath path, BsonDocument document) {
      return conditions.stream().allMatch(one -> one.matches(path, document));
    }
  }

  /** $not, $ne, $nin and $exists: false. */
  record Not(Condition inner) implements Condition {
    @Override
    public boolean test(BsonValue value) {
      return !inner.test(value);
    }

    @Override
    public boolean matches(FieldPath path, BsonDocument document) {
      return !inner.matches(path, document);
    }
  }
}
