package org.hippocamel.embedded.atlas.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Condition.Comparison;
import org.hippocamel.embedded.atlas.query.Condition.Comparison.Operator;

/** Reads a query document into a {@link Filter}; what it does not know it refuses by name. */
final class FilterParser {
  /** MongoDB's own bound on nesting, so that a hostile filter cannot exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  private int depth;

  Filter parse(BsonDocument query) {
    if (++depth > MAX_DEPTH) {
      throw ErrorCode.BAD_VALUE.because("a filter nests deeper than " + MAX_DEPTH + " levels");
    }
    List<Filter> filters = new ArrayList<>();
    query.forEach((name, value) -> filters.add(clause(name, value)));
    depth--;
    return filters.size() == 1 ? filters.get(0) : new Filter.And(filters);
  }

  private Filter clause(String name, BsonValue value) {
    if (!name.startsWith("$")) {
      return new Filter.Field(FieldPath.of(name), condition(value));
    }
    return switch (name) {
      case "$and" -> new Filter.And(branches(name, value));
      case "$or" -> new Filter.Or(branches(name, value));
      case "$nor" -> new Filter.Nor(branches(name, value));
      default ->
          throw ErrorCode.BAD_VALUE.because(
              "unknown top level operator: "
                  + name
                  + ". If you have a field name that starts with a '$' symbol, consider using"
                  + " $getField or $setField.");
    };
  }

  private List<Filter> branches(String name, BsonValue value) {
    if (!value.isArray()) {
      throw ErrorCode.BAD_VALUE.because(name + " must be an array");
    }
    if (value.asArray().isEmpty()) {
      throw ErrorCode.BAD_VALUE.because("$and/$or/$nor must be a nonempty array");
    }
    List<Filter> branches = new ArrayList<>();
    for (BsonValue branch : value.asArray()) {
      if (!branch.isDocument()) {
        throw ErrorCode.BAD_VALUE.because("$or/$and/$nor entries need to be full objects");
      }
      branches.add(parse(branch.asDocument()));
    }
    return branches;
  }

  private Condition condition(BsonValue value) {
    if (value.isRegularExpression()) {
      return Patterns.matching(value.asRegularExpression());
    }
    return isOperators(value) ? operators(value.asDocument()) : equal(value);
  }

  /** A document of operators; its first name decides, as in MongoDB. */
  static boolean isOperators(BsonValue value) {
    return value.isDocument()
        && !value.asDocument().isEmpty()
        && value.asDocument().getFirstKey().startsWith("$");
  }

  private Condition operators(BsonDocument operators) {
    if (++depth > MAX_DEPTH) {
      throw ErrorCode.BAD_VALUE.because("a filter nests deeper than " + MAX_DEPTH + " levels");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<String, BsonValue> entry : operators.entrySet()) {
      if (!entry.getKey().equals("$options")) {
        conditions.add(operator(entry.getKey(), entry.getValue(), operators));
      } else if (!operators.containsKey("$regex")) {
        throw ErrorCode.BAD_VALUE.because("$options needs a $regex");
      }
    }
    depth--;
    return conditions.size() == 1 ? conditions.get(0) : new Condition.All(conditions);
  }

  private Condition operator(String name, BsonValue operand, BsonDocument siblings) {
    return switch (name) {
      case "$eq" -> equal(operand);
      case "$ne" -> new Condition.Not(equal(plain(name, operand)));
      case "$gt" -> new Comparison(Operator.GT, plain(name, operand));
      case "$gte" -> new Comparison(Operator.GTE, plain(name, operand));
      case "$lt" -> new Comparison(Operator.LT, plain(name, operand));
      case "$lte" -> new Comparison(Operator.LTE, plain(name, operand));
      case "$in" -> in(name, operand);
      case "$nin" -> new Condition.Not(in(name, operand));
      case "$exists" -> exists(operand);
      case "$not" -> new Condition.Not(negated(operand));
      case "$all" -> all(operand);
      case "$size" -> size(operand);
      case "$regex" -> Patterns.matching(operand, siblings.get("$options"));
      case "$elemMatch" -> elemMatch(operand);
      default -> throw ErrorCode.BAD_VALUE.because("unknown operator: " + name);
    };
  }

  private static Comparison equal(BsonValue value) {
    return new Comparison(Operator.EQ, value);
  }

  private static BsonValue plain(String name, BsonValue operand) {
    if (operand.isRegularExpression()) {
      throw ErrorCode.BAD_VALUE.because("Can't have RegEx as arg to predicate " + name + ".");
    }
    return operand;
  }

  private static Condition in(String name, BsonValue operand) {
    List<Comparison> values = new ArrayList<>();
    List<Condition.Test> patterns = new ArrayList<>();
    for (BsonValue value : array(name, operand)) {
      if (value.isRegularExpression()) {
        patterns.add(Patterns.matching(value.asRegularExpression()));
      } else if (isOperators(value)) {
        throw ErrorCode.BAD_VALUE.because("cannot nest $ under " + name);
      } else {
        values.add(equal(value));
      }
    }
    return new Condition.In(values, patterns);
  }

  private static BsonArray array(String name, BsonValue operand) {
    if (!operand.isArray()) {
      throw ErrorCode.BAD_VALUE.because(name + " needs an array");
    }
    return operand.asArray();
  }

  private static Condition exists(BsonValue operand) {
    Condition exists = new Condition.Whole(value -> value != null);
    return truthy(operand) ? exists : new Condition.Not(exists);
  }

  /** How MongoDB reads a flag: false, zero and null are false, all else is true. */
  static boolean truthy(BsonValue value) {
    return switch (value.getBsonType()) {
      case BOOLEAN -> value.asBoolean().getValue();
      case INT32, INT64, DOUBLE, DECIMAL128 -> value.asNumber().doubleValue() != 0;
      case NULL, UNDEFINED -> false;
      default -> true;
    };
  }

  private Condition negated(BsonValue operand) {
    if (operand.isRegularExpression()) {
      return Patterns.matching(operand.asRegularExpression());
    }
    if (!operand.isDocument()) {
      throw ErrorCode.BAD_VALUE.because("$not needs a regex or a document");
    }
    if (operand.asDocument().isEmpty()) {
      throw ErrorCode.BAD_VALUE.because("$not cannot be empty");
    }
    requireOperators("$not", operand.asDocument());
    return operators(operand.asDocument());
  }

  private static void requireOperators(String name, BsonDocument operand) {
    if (!isOperators(operand)) {
      throw ErrorCode.BAD_VALUE.because(
          name + " needs operators, not the field '" + operand.getFirstKey() + "'");
    }
  }

  private Condition all(BsonValue operand) {
    List<Condition> each = new ArrayList<>();
    for (BsonValue value : array("$all", operand)) {
      each.add(condition(value));
    }
    return each.isEmpty() ? new Condition.Whole(value -> false) : new Condition.All(each);
  }

  private static Condition size(BsonValue operand) {
    if (!operand.isNumber()) {
      throw ErrorCode.BAD_VALUE.because(
          "Failed to parse $size. Expected a number in: $size: " + operand);
    }
    BsonNumber number = operand.asNumber();
    if (number.doubleValue() != number.intValue() || number.intValue() < 0) {
      throw ErrorCode.BAD_VALUE.because(
          "Failed to parse $size. Expected a non-negative integer in: $size: " + operand);
    }
    int size = number.intValue();
    return new Condition.Whole(
        value -> value != null && value.isArray() && value.asArray().size() == size);
  }

  private Condition elemMatch(BsonValue operand) {
    if (!operand.isDocument()) {
      throw ErrorCode.BAD_VALUE.because("$elemMatch needs an Object");
    }
    BsonDocument query = operand.asDocument();
    boolean logical =
        isOperators(query) && List.of("$and", "$or", "$nor").contains(query.getFirstKey());
    if (isOperators(query) && !logical) {
      Condition element = operators(query);
      return anyElement(element::test);
    }
    Filter element = parse(query);
    return anyElement(value -> value.isDocument() && element.matches(value.asDocument()));
  }

  private static Condition anyElement(Predicate<BsonValue> test) {
    return new Condition.Whole(
        value -> value != null && value.isArray() && value.asArray().stream().anyMatch(test));
  }
}
