package org.hippocamel.embedded.atlas.aggregate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonNull;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.FieldPath;
import org.hippocamel.embedded.atlas.query.Refusal;

/** Reads expressions: {@code "$field"}, {@code "$$ROOT"}, {@code {$add: [...]}}, constants. */
final class ExpressionParser {
  private ExpressionParser() {}

  static Expression parse(BsonValue value) {
    if (value.isString()) {
      return string(value.asString().getValue(), value);
    }
    if (value.isArray()) {
      List<Expression> elements = value.asArray().stream().map(ExpressionParser::parse).toList();
      return scope -> new BsonArray(elements.stream().map(e -> e.orNull(scope)).toList());
    }
    return value.isDocument() ? document(value.asDocument()) : scope -> value;
  }

  private static Expression string(String text, BsonValue value) {
    if (text.startsWith("$$")) {
      return variable(text.substring(2));
    }
    if (text.startsWith("$")) {
      if (text.length() == 1) {
        throw Refusal.at(16872, "'$' by itself is not a valid FieldPath");
      }
      FieldPath path = FieldPath.of(text.substring(1));
      return scope -> path.value(scope.row().document());
    }
    return scope -> value;
  }

  private static Expression variable(String text) {
    int dot = text.indexOf('.');
    String name = dot < 0 ? text : text.substring(0, dot);
    Expression whole = variableNamed(name);
    if (dot < 0) {
      return whole;
    }
    FieldPath rest = FieldPath.of("v." + text.substring(dot + 1));
    return scope -> {
      BsonValue value = whole.evaluate(scope);
      return value == null ? null : rest.value(new BsonDocument("v", value));
    };
  }

  private static Expression variableNamed(String name) {
    return switch (name) {
      case "ROOT", "CURRENT" -> scope -> scope.row().document();
      case "REMOVE" -> scope -> null;
      case "NOW" -> {
        BsonValue now = new BsonDateTime(System.currentTimeMillis());
        yield scope -> now;
      }
      default ->
          scope -> {
            BsonValue value = scope.variables().get(name);
            if (value == null && !scope.variables().containsKey(name)) {
              throw Refusal.at(17276, "Use of undefined variable: " + name);
            }
            return value;
          };
    };
  }

  private static Expression document(BsonDocument document) {
    if (!document.isEmpty() && document.getFirstKey().startsWith("$")) {
      if (document.size() > 1) {
        throw Refusal.at(
            15983,
            "an expression specification must contain exactly one field, the name of the"
                + " expression. Found %d fields".formatted(document.size()));
      }
      return operator(document.getFirstKey(), document.get(document.getFirstKey()));
    }
    Map<String, Expression> fields = new LinkedHashMap<>();
    document.forEach((name, value) -> fields.put(name, parse(value)));
    return scope -> {
      BsonDocument made = new BsonDocument();
      fields.forEach(
          (name, expression) -> {
            BsonValue value = expression.evaluate(scope);
            if (value != null) {
              made.append(name, value);
            }
          });
      return made;
    };
  }

  private static Expression operator(String name, BsonValue operand) {
    return switch (name) {
      case "$literal" -> scope -> operand;
      case "$meta" -> meta(operand);
      case "$cond" -> Conditionals.cond(operand);
      case "$switch" -> Conditionals.choose(operand);
      case "$ifNull" -> Conditionals.ifNull(operand);
      case "$and" -> Conditionals.and(arguments(operand));
      case "$or" -> Conditionals.or(arguments(operand));
      case "$filter" -> ArrayOperators.filter(operand);
      case "$map" -> ArrayOperators.map(operand);
      default -> function(name, arguments(operand));
    };
  }

  static List<Expression> arguments(BsonValue operand) {
    return operand.isArray()
        ? operand.asArray().stream().map(ExpressionParser::parse).toList()
        : List.of(parse(operand));
  }

  private static Expression function(String name, List<Expression> arguments) {
    ExpressionFunction function = ExpressionFunction.named(name);
    function.requireArity(name, arguments.size());
    return scope -> function.apply(arguments.stream().map(one -> orUndefined(one, scope)).toList());
  }

  /** A missing value stays apart from null: it is less than null, and not equal to it. */
  private static BsonValue orUndefined(Expression expression, Scope scope) {
    BsonValue value = expression.evaluate(scope);
    return value == null ? new BsonUndefined() : value;
  }

  private static Expression meta(BsonValue operand) {
    String meta = operand.isString() ? operand.asString().getValue() : operand.toString();
    if (!meta.equals("vectorSearchScore") && !meta.equals("searchScore")) {
      throw Refusal.at(17308, "Unsupported argument to $meta: " + meta);
    }
    return scope -> {
      Row.Score score = scope.row().score();
      if (score == null || !score.meta().equals(meta)) {
        throw Refusal.at(
            40218,
            "query requires %s metadata, but it is not available"
                .formatted(meta.equals("searchScore") ? "$search score" : "$vectorSearch score"));
      }
      return new BsonDouble(score.value());
    };
  }

  /** The fields of an operator's document, all of them known; absent ones are BSON's null. */
  static BsonDocument fields(String operator, BsonValue operand, List<String> known) {
    if (!operand.isDocument()) {
      throw Refusal.at(28646, operator + " only supports an object as its argument");
    }
    for (String field : operand.asDocument().keySet()) {
      if (!known.contains(field)) {
        throw Refusal.at(28647, "Unrecognized parameter to " + operator + ": " + field);
      }
    }
    BsonDocument fields = new BsonDocument();
    known.forEach(name -> fields.put(name, operand.asDocument().get(name, BsonNull.VALUE)));
    return fields;
  }
}
