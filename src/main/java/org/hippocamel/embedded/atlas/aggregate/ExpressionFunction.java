package org.hippocamel.embedded.atlas.aggregate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;

/**
 * An operator that is a function of its evaluated arguments; missing ones arrive as null.
 *
 * @param min the least number of arguments
 * @param max the greatest
 */
record ExpressionFunction(int min, int max, Function<List<BsonValue>, BsonValue> body) {
  private static final int ANY = Integer.MAX_VALUE;
  private static final Map<String, ExpressionFunction> TABLE = new HashMap<>();

  static {
    put("$add", 0, ANY, Arithmetic::add);
    put("$multiply", 0, ANY, Arithmetic::multiply);
    put("$subtract", 2, 2, Arithmetic::subtract);
    put("$divide", 2, 2, Arithmetic::divide);
    put("$mod", 2, 2, Arithmetic::mod);
    put("$pow", 2, 2, Arithmetic::pow);
    put("$round", 1, 2, Arithmetic::round);
    put("$abs", 1, 1, args -> Arithmetic.whole(args.get(0), Math::abs, Math::abs));
    put("$ceil", 1, 1, args -> Arithmetic.whole(args.get(0), Math::ceil, n -> n));
    put("$floor", 1, 1, args -> Arithmetic.whole(args.get(0), Math::floor, n -> n));
    put("$sqrt", 1, 1, args -> Arithmetic.real(args.get(0), Math::sqrt));
    put("$exp", 1, 1, args -> Arithmetic.real(args.get(0), Math::exp));
    put("$ln", 1, 1, args -> Arithmetic.real(args.get(0), Math::log));
    put("$min", 1, ANY, args -> Accumulations.extreme(Accumulations.spread(args), -1));
    put("$max", 1, ANY, args -> Accumulations.extreme(Accumulations.spread(args), 1));
    put("$sum", 1, ANY, args -> Accumulations.sum(Accumulations.spread(args)));
    put("$avg", 1, ANY, args -> Accumulations.average(Accumulations.spread(args)));
    comparison("$eq", order -> order == 0);
    comparison("$ne", order -> order != 0);
    comparison("$gt", order -> order > 0);
    comparison("$gte", order -> order >= 0);
    comparison("$lt", order -> order < 0);
    comparison("$lte", order -> order <= 0);
    put("$cmp", 2, 2, args -> new BsonInt32(compare(args)));
    put("$not", 1, 1, args -> BsonBoolean.valueOf(!Expression.truthy(args.get(0))));
    put("$type", 1, 1, args -> new BsonString(TypeName.of(args.get(0))));
    put("$in", 2, 2, ArrayOperators::in);
    put("$size", 1, 1, ArrayOperators::size);
    put("$isArray", 1, 1, args -> BsonBoolean.valueOf(args.get(0).isArray()));
    put("$arrayElemAt", 2, 2, ArrayOperators::elementAt);
    put("$first", 1, 1, args -> ArrayOperators.elementAt(List.of(args.get(0), new BsonInt32(0))));
    put("$last", 1, 1, args -> ArrayOperators.elementAt(List.of(args.get(0), new BsonInt32(-1))));
    put("$slice", 2, 2, ArrayOperators::slice);
    put("$concatArrays", 0, ANY, ArrayOperators::concatenate);
    put("$setUnion", 0, ANY, ArrayOperators::union);
    put("$setIntersection", 0, ANY, ArrayOperators::intersection);
    put("$mergeObjects", 0, ANY, ArrayOperators::mergeObjects);
    put("$concat", 0, ANY, StringOperators::concat);
    put("$toLower", 1, 1, args -> StringOperators.mapped(args.get(0), String::toLowerCase));
    put("$toUpper", 1, 1, args -> StringOperators.mapped(args.get(0), String::toUpperCase));
    put("$strLenCP", 1, 1, StringOperators::length);
    put("$toString", 1, 1, args -> StringOperators.string(args.get(0)));
    put("$toInt", 1, 1, args -> StringOperators.integer(args.get(0)));
    put("$toLong", 1, 1, args -> StringOperators.whole(args.get(0)));
    put("$toDouble", 1, 1, args -> StringOperators.real(args.get(0)));
  }

  private static void put(
      String name, int min, int max, Function<List<BsonValue>, BsonValue> body) {
    TABLE.put(name, new ExpressionFunction(min, max, body));
  }

  private static void comparison(String name, IntPredicate test) {
    put(name, 2, 2, args -> BsonBoolean.valueOf(test.test(compare(args))));
  }

  private static int compare(List<BsonValue> args) {
    return Integer.signum(BsonComparator.INSTANCE.compare(args.get(0), args.get(1)));
  }

  static ExpressionFunction named(String name) {
    ExpressionFunction function = TABLE.get(name);
    if (function == null) {
      throw new Refusal(
          168,
          "InvalidPipelineOperator",
          "Unrecognized expression '" + name + "'",
          new BsonDocument());
    }
    return function;
  }

  void requireArity(String name, int count) {
    if (count < min || count > max) {
      String expected = min == max ? "exactly " + min : "at least " + min;
      throw Refusal.at(
          16020,
          "Expression %s takes %s arguments. %d were passed in.".formatted(name, expected, count));
    }
  }

  BsonValue apply(List<BsonValue> arguments) {
    return body.apply(arguments);
  }
}
