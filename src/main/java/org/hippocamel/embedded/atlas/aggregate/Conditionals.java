package org.hippocamel.embedded.atlas.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.Refusal;

/** The operators that do not evaluate all of their arguments. */
final class Conditionals {
  private Conditionals() {}

  static Expression cond(BsonValue operand) {
    List<Expression> parts;
    if (operand.isArray()) {
      parts = ExpressionParser.arguments(operand);
    } else {
      BsonDocument fields =
          ExpressionParser.fields("$cond", operand, List.of("if", "then", "else"));
      parts = fields.values().stream().map(Expression::parse).toList();
    }
    if (parts.size() != 3) {
      throw Refusal.at(
          16020,
          "Expression $cond takes exactly 3 arguments. " + parts.size() + " were passed in.");
    }
    return scope ->
        parts.get(Expression.truthy(parts.get(0).evaluate(scope)) ? 1 : 2).evaluate(scope);
  }

  static Expression choose(BsonValue operand) {
    BsonDocument fields =
        ExpressionParser.fields("$switch", operand, List.of("branches", "default"));
    if (!fields.get("branches").isArray()) {
      throw Refusal.at(40060, "$switch expected an array for 'branches'");
    }
    record Branch(Expression when, Expression then) {}
    List<Branch> branches = new ArrayList<>();
    for (BsonValue value : fields.getArray("branches")) {
      BsonDocument branch =
          ExpressionParser.fields("$switch branch", value, List.of("case", "then"));
      branches.add(
          new Branch(Expression.parse(branch.get("case")), Expression.parse(branch.get("then"))));
    }
    boolean hasDefault = operand.asDocument().containsKey("default");
    Expression otherwise = Expression.parse(fields.get("default"));
    return scope -> {
      for (Branch branch : branches) {
        if (Expression.truthy(branch.when().evaluate(scope))) {
          return branch.then().evaluate(scope);
        }
      }
      if (!hasDefault) {
        throw Refusal.at(
            40066,
            "$switch could not find a matching branch for an input, and no default was"
                + " specified.");
      }
      return otherwise.evaluate(scope);
    };
  }

  static Expression ifNull(BsonValue operand) {
    List<Expression> parts = ExpressionParser.arguments(operand);
    if (parts.size() < 2) {
      throw Refusal.at(1257300, "$ifNull needs at least two arguments, had: " + parts.size());
    }
    return scope -> {
      for (Expression part : parts.subList(0, parts.size() - 1)) {
        BsonValue value = part.evaluate(scope);
        if (!Expression.isNull(value)) {
          return value;
        }
      }
      return parts.get(parts.size() - 1).evaluate(scope);
    };
  }

  static Expression and(List<Expression> parts) {
    return scope ->
        BsonBoolean.valueOf(
            parts.stream().allMatch(part -> Expression.truthy(part.evaluate(scope))));
  }

  static Expression or(List<Expression> parts) {
    return scope ->
        BsonBoolean.valueOf(
            parts.stream().anyMatch(part -> Expression.truthy(part.evaluate(scope))));
  }
}
