package org.hippocamel.embedded.atlas.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Condition;
import org.hippocamel.embedded.atlas.query.Condition.Comparison;
import org.hippocamel.embedded.atlas.query.Condition.Comparison.Operator;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.SortOrder;

/**
 * Chooses the index for a filter: equalities on its first fields, then one $in or range on the next
 * one. A path may give too many candidates, never too few; every candidate is matched again.
 */
final class AccessPlanner {
  private final List<SecondaryIndex> indexes;

  AccessPlanner(List<SecondaryIndex> indexes) {
    this.indexes = indexes;
  }

  /** Null when the whole collection has to be read. */
  AccessPath plan(Filter filter, SortOrder sort) {
    Map<String, List<Condition>> conditions = new HashMap<>();
    List<Filter.Or> alternatives = new ArrayList<>();
    gather(filter, conditions, alternatives);
    Choice best = null;
    for (SecondaryIndex index : indexes) {
      Choice choice = choice(index, conditions, sort);
      if (choice != null && (best == null || choice.worth > best.worth)) {
        best = choice;
      }
    }
    if (best == null || best.worth < Choice.SELECTIVE) {
      AccessPath union = union(alternatives);
      if (union != null) {
        return union;
      }
    }
    return best == null ? null : best.path;
  }

  private static void gather(
      Filter filter, Map<String, List<Condition>> conditions, List<Filter.Or> alternatives) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(inner -> gather(inner, conditions, alternatives));
    } else if (filter instanceof Filter.Or or) {
      alternatives.add(or);
    } else if (filter instanceof Filter.Field field) {
      flatten(
          field.condition(),
          conditions.computeIfAbsent(field.path().dotted(), name -> new ArrayList<>()));
    }
  }

  private static void flatten(Condition condition, List<Condition> into) {
    if (condition instanceof Condition.All all) {
      all.conditions().forEach(inner -> flatten(inner, into));
    } else {
      into.add(condition);
    }
  }

  private AccessPath union(List<Filter.Or> alternatives) {
    for (Filter.Or or : alternatives) {
      List<AccessPath.Stretch> stretches = new ArrayList<>();
      for (Filter branch : or.filters()) {
        AccessPath path = plan(branch, new SortOrder(List.of()));
        if (path == null) {
          stretches = null;
          break;
        }
        stretches.addAll(path.stretches());
      }
      if (stretches != null) {
        return new AccessPath(stretches, false, false);
      }
    }
    return null;
  }

  private record Choice(AccessPath path, int worth) {
    /** From here on the index narrows the candidates, and does not only sort them. */
    static final int SELECTIVE = 2;

    /** A value for every field of a unique index leaves one document each: nothing beats that. */
    static final int UNIQUE = 1_000;
  }

  private static Choice choice(
      SecondaryIndex index, Map<String, List<Condition>> conditions, SortOrder sort) {
    KeyEncoder prefix = new KeyEncoder();
    List<String> fields = index.definition().fields();
    int equalities = 0;
    while (equalities < fields.size()) {
      BsonValue value = equality(conditions.get(fields.get(equalities)));
      if (value == null) {
        break;
      }
      prefix.add(value);
      equalities++;
    }
    byte[] start = prefix.toBytes();
    List<KeyRange> ranges = null;
    int valued = equalities;
    if (equalities < fields.size()) {
      List<Condition> next = conditions.getOrDefault(fields.get(equalities), List.of());
      ranges = KeyRanges.of(start, next, index.multikey());
      valued += KeyRanges.listed(next) ? 1 : 0;
    }
    boolean points = valued == fields.size();
    if (ranges == null && !points && index.multikey()) {
      return null; // each document would come once for each element of its array
    }
    int worth = equalities * 8 + (ranges == null ? 0 : ranges.size() == 1 ? 3 : 4);
    worth += points && index.definition().unique() ? Choice.UNIQUE : 0;
    ranges = ranges == null ? List.of(KeyRange.startingWith(start)) : ranges;
    int direction =
        ranges.size() == 1 && !index.multikey() ? direction(fields, equalities, sort) : 0;
    worth += direction == 0 ? 0 : 1;
    if (worth == 0) {
      return null;
    }
    List<AccessPath.Stretch> stretches =
        ranges.stream().map(range -> new AccessPath.Stretch(index, range, points)).toList();
    return new Choice(new AccessPath(stretches, direction != 0, direction < 0), worth);
  }

  private static BsonValue equality(List<Condition> conditions) {
    if (conditions == null) {
      return null;
    }
    for (Condition condition : conditions) {
      if (condition instanceof Comparison comparison
          && comparison.operator() == Operator.EQ
          && indexable(comparison.operand())) {
        return comparison.operand();
      }
    }
    return null;
  }

  /** Null, arrays and decimals are found by reading the documents: their keys are not exact. */
  static boolean indexable(BsonValue value) {
    return switch (value.getBsonType()) {
      case NULL, UNDEFINED, ARRAY, MIN_KEY, MAX_KEY, DECIMAL128 -> false;
      default -> encodes(value);
    };
  }

  private static boolean encodes(BsonValue value) {
    try {
      KeyEncoder.encode(value);
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  /** 1 when the index sorts as asked behind its equalities, -1 when it does backwards, else 0. */
  private static int direction(List<String> fields, int equalities, SortOrder sort) {
    int at = equalities;
    int direction = 0;
    for (SortOrder.Key key : sort.keys()) {
      String field = key.path().dotted();
      if (fields.subList(0, equalities).contains(field)) {
        continue;
      }
      int wanted = key.descending() ? -1 : 1;
      if (at >= fields.size() || !fields.get(at).equals(field) || direction == -wanted) {
        return 0;
      }
      direction = wanted;
      at++;
    }
    return direction;
  }
}
