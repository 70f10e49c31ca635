package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;

/** Operators on arrays and objects. */
final class ArrayOperators {
  private ArrayOperators() {}

  private static BsonArray array(int code, String operator, BsonValue value) {
    if (!value.isArray()) {
      throw Refusal.at(
          code, "%s requires an array argument, not %s".formatted(operator, TypeName.of(value)));
    }
    return value.asArray();
  }

  static BsonValue in(List<BsonValue> args) {
    return BsonBoolean.valueOf(
        array(40081, "$in", args.get(1)).stream()
            .anyMatch(element -> BsonComparator.equal(element, args.get(0))));
  }

  static BsonValue size(List<BsonValue> args) {
    return new BsonInt32(array(17124, "$size", args.get(0)).size());
  }

  /** Missing when the position is outside of the array. */
  static BsonValue elementAt(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    BsonArray array = array(28689, "$arrayElemAt", args.get(0));
    int position = args.get(1).asNumber().intValue();
    position = position < 0 ? array.size() + position : position;
    return position >= 0 && position < array.size() ? array.get(position) : null;
  }

  static BsonValue slice(List<BsonValue> args) {
    if (args.stream().anyMatch(Expression::isNull)) {
      return BsonNull.VALUE;
    }
    BsonArray array = array(28724, "$slice", args.get(0));
    int count = args.get(1).asNumber().intValue();
    int from = count < 0 ? Math.max(0, array.size() + count) : 0;
    int to = count < 0 ? array.size() : Math.min(count, array.size());
    return new BsonArray(array.subList(from, to));
  }

  static BsonValue concatenate(List<BsonValue> args) {
    BsonArray all = new BsonArray();
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      all.addAll(array(28664, "$concatArrays", arg));
    }
    return all;
  }

  static BsonValue union(List<BsonValue> args) {
    TreeSet<BsonValue> set = new TreeSet<>(BsonComparator.INSTANCE);
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      set.addAll(array(17043, "$setUnion", arg));
    }
    return new BsonArray(new ArrayList<>(set));
  }

  static BsonValue intersection(List<BsonValue> args) {
    TreeSet<BsonValue> set = null;
    for (BsonValue arg : args) {
      if (Expression.isNull(arg)) {
        return BsonNull.VALUE;
      }
      TreeSet<BsonValue> one = new TreeSet<>(BsonComparator.INSTANCE);
      one.addAll(array(17047, "$setIntersection", arg));
      if (set == null) {
        set = one;
      } else {
        set.removeIf(value -> !one.contains(value));
      }
    }
    return new BsonArray(set == null ? List.of() : new ArrayList<>(set));
  }

  static BsonValue mergeObjects(List<BsonValue> args) {
    BsonDocument merged = new BsonDocument();
    for (BsonValue arg : Accumulations.spread(args)) {
      if (arg.isDocument()) {
        merged.putAll(arg.asDocument());
      } else if (!Expression.isNull(arg)) {
        throw Refusal.at(
            40400, "$mergeObjects requires object inputs, but input is " + TypeName.of(arg));
      }
    }
    return merged;
  }

  static Expression filter(BsonValue operand) {
    BsonDocument fields =
        ExpressionParser.fields("$filter", operand, List.of("input", "as", "cond"));
    Expression input = Expression.parse(fields.get("input"));
    Expression condition = Expression.parse(fields.get("cond"));
    String name = name(fields);
    return scope -> {
      BsonValue array = input.evaluate(scope);
      if (Expression.isNull(array)) {
        return BsonNull.VALUE;
      }
      BsonArray kept = new BsonArray();
      for (BsonValue element : array(28651, "$filter", array)) {
        if (Expression.truthy(condition.evaluate(scope.with(name, element)))) {
          kept.add(element);
        }
      }
      return kept;
    };
  }

  static Expression map(BsonValue operand) {
    BsonDocument fields = ExpressionParser.fields("$map", operand, List.of("input", "as", "in"));
    Expression input = Expression.parse(fields.get("input"));
    Expression each = Expression.parse(fields.get("in"));
    String name = name(fields);
    return scope -> {
      BsonValue array = input.evaluate(scope);
      if (Expression.isNull(array)) {
        return BsonNull.VALUE;
      }
      BsonArray mapped = new BsonArray();
      for (BsonValue element : array(16883, "$map", array)) {
        mapped.add(each.orNull(scope.with(name, element)));
      }
      return mapped;
    };
  }

  private static String name(BsonDocument fields) {
    return fields.get("as").isString() ? fields.getString("as").getValue() : "this";
  }
}
