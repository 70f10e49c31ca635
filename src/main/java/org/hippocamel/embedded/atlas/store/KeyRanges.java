package org.hippocamel.embedded.atlas.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Condition;
import org.hippocamel.embedded.atlas.query.Condition.Comparison;

/** The stretches of an index that $in or comparisons on one field leave. */
final class KeyRanges {
  private KeyRanges() {}

  /** Null when the conditions leave everything; the prefix is that of the fields before. */
  static List<KeyRange> of(byte[] prefix, List<Condition> conditions, boolean multikey) {
    for (Condition condition : conditions) {
      if (condition instanceof Condition.In in && listed(in)) {
        return in.values().stream()
            .map(value -> KeyRange.startingWith(key(prefix, value.operand())))
            .toList();
      }
    }
    KeyRange range = between(prefix, conditions, multikey);
    return range == null ? null : List.of(range);
  }

  /** Whether the conditions leave single values, not a range. */
  static boolean listed(List<Condition> conditions) {
    return conditions.stream().anyMatch(one -> one instanceof Condition.In in && listed(in));
  }

  private static boolean listed(Condition.In in) {
    return in.patterns().isEmpty()
        && in.values().stream().allMatch(value -> AccessPlanner.indexable(value.operand()));
  }

  private static KeyRange between(byte[] prefix, List<Condition> conditions, boolean multikey) {
    KeyRange range = null;
    for (Condition condition : conditions) {
      if (condition instanceof Comparison comparison
          && comparison.operator() != Comparison.Operator.EQ
          && AccessPlanner.indexable(comparison.operand())) {
        KeyRange one = bound(prefix, comparison);
        range = range == null ? one : narrower(range, one);
        if (multikey) {
          return range; // another element of the array may satisfy the other bound
        }
      }
    }
    return range;
  }

  private static KeyRange bound(byte[] prefix, Comparison comparison) {
    byte[] key = key(prefix, comparison.operand());
    byte[] type = Arrays.copyOf(prefix, prefix.length + 1);
    type[prefix.length] = KeyEncoder.typeByte(comparison.operand());
    return switch (comparison.operator()) {
      case GT -> new KeyRange(KeyRange.after(key), KeyRange.after(type));
      case GTE -> new KeyRange(key, KeyRange.after(type));
      case LT -> new KeyRange(type, key);
      case LTE -> new KeyRange(type, KeyRange.after(key));
      case EQ -> KeyRange.startingWith(key);
    };
  }

  private static KeyRange narrower(KeyRange a, KeyRange b) {
    List<byte[]> starts = new ArrayList<>(List.of(a.from(), b.from()));
    List<byte[]> ends = new ArrayList<>(List.of(a.to(), b.to()));
    starts.sort(Arrays::compareUnsigned);
    ends.sort(Arrays::compareUnsigned);
    return new KeyRange(starts.get(1), ends.get(0));
  }

  private static byte[] key(byte[] prefix, BsonValue value) {
    return new KeyEncoder().putAll(prefix).add(value).toBytes();
  }
}
