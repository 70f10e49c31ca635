package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bson.BsonValue;

/**
 * The {@code filter} of {@code $vectorSearch}: match-language operators over paths declared as
 * {@code filter}, evaluated before the search. An array matches when any element does; {@code null}
 * matches a stored null, not a missing field.
 */
interface VectorFilter {
  /** The rows that pass, dead ones possibly among them; the caller owns the set. */
  RowBits select(RowsView rows);

  static VectorFilter parse(StrictDocument filter, Set<String> declared) {
    List<VectorFilter> all = new ArrayList<>();
    for (String key : filter.document().keySet()) {
      all.add(key.startsWith("$") ? compound(filter, key, declared) : field(filter, key, declared));
    }
    return and(all);
  }

  private static VectorFilter compound(StrictDocument filter, String key, Set<String> declared) {
    if (!Set.of("$and", "$or", "$nor").contains(key)) {
      throw filter.refuse(
          "operator " + key + " is not supported in \"filter\"; use $and, $or, $nor or a path");
    }
    List<VectorFilter> clauses = new ArrayList<>();
    for (BsonValue clause : filter.array(key)) {
      clauses.add(parse(filter.child(key, clause), declared));
    }
    if (clauses.isEmpty()) {
      throw filter.refuse(filter.path(key) + " cannot be empty");
    }
    return switch (key) {
      case "$and" -> and(clauses);
      case "$or" -> or(clauses);
      default -> not(or(clauses));
    };
  }

  private static VectorFilter field(StrictDocument filter, String path, Set<String> declared) {
    if (!declared.contains(path)) {
      throw filter.refuse("Path '" + path + "' needs to be indexed as filter");
    }
    BsonValue value = filter.required(path);
    boolean operators =
        value.isDocument()
            && value.asDocument().keySet().stream().findFirst().orElse("").startsWith("$");
    return operators
        ? operators(filter.child(path), path)
        : any(path, List.of(comparable(filter, path, value)));
  }

  private static VectorFilter operators(StrictDocument clause, String path) {
    List<VectorFilter> all = new ArrayList<>();
    for (String operator : clause.document().keySet()) {
      all.add(operator(clause, path, operator));
    }
    return and(all);
  }

  private static VectorFilter operator(StrictDocument clause, String path, String operator) {
    return switch (operator) {
      case "$eq" -> any(path, List.of(comparable(clause, operator, clause.required(operator))));
      case "$ne" ->
          not(any(path, List.of(comparable(clause, operator, clause.required(operator)))));
      case "$in" -> any(path, comparables(clause, operator));
      case "$nin" -> not(any(path, comparables(clause, operator)));
      case "$gt" -> range(path, clause, operator, order -> order > 0);
      case "$gte" -> range(path, clause, operator, order -> order >= 0);
      case "$lt" -> range(path, clause, operator, order -> order < 0);
      case "$lte" -> range(path, clause, operator, order -> order <= 0);
      case "$exists" ->
          clause.bool(operator, true) ? rows -> rows.having(path) : not(r -> r.having(path));
      case "$not" -> {
        if (clause.document(operator).isEmpty()) {
          throw clause.refuse(clause.path(operator) + " cannot be empty");
        }
        yield not(operators(clause.child(operator), path));
      }
      default ->
          throw clause.refuse(
              "operator "
                  + operator
                  + " is not supported in \"filter\"; supported: $eq, $ne, $gt, $gte, $lt, $lte,"
                  + " $in, $nin, $exists, $not, $and, $or, $nor");
    };
  }

  private static List<BsonValue> comparables(StrictDocument clause, String operator) {
    List<BsonValue> values = new ArrayList<>();
    for (BsonValue value : clause.array(operator)) {
      values.add(comparable(clause, operator, value));
    }
    if (values.isEmpty()) {
      throw clause.refuse(clause.path(operator) + " cannot be empty");
    }
    return values;
  }

  private static BsonValue comparable(StrictDocument clause, String key, BsonValue value) {
    BsonValue canonical = Scalars.canonical(value);
    if (canonical == null) {
      throw clause.refuse(
          clause.path(key)
              + " must be a string, number, boolean, date, objectId, uuid or null but is "
              + value.getBsonType());
    }
    return canonical;
  }

  private static VectorFilter any(String path, List<BsonValue> values) {
    return rows -> rows.withAny(path, values);
  }

  private static VectorFilter range(
      String path, StrictDocument clause, String operator, Predicate<Integer> accepts) {
    BsonValue bound = comparable(clause, operator, clause.required(operator));
    if (!Scalars.ordered(bound)) {
      throw clause.refuse(clause.path(operator) + " must be a string, number, date or objectId");
    }
    return rows ->
        rows.withCodes(
            path,
            rows.columns()
                .get(path)
                .dictionary()
                .codesWhere(
                    value -> {
                      Integer order = Scalars.compare(value, bound);
                      return order != null && accepts.test(order);
                    }));
  }

  private static VectorFilter and(List<VectorFilter> clauses) {
    return rows -> {
      RowBits selected = RowBits.all(rows.count());
      clauses.forEach(clause -> selected.and(clause.select(rows)));
      return selected;
    };
  }

  private static VectorFilter or(List<VectorFilter> clauses) {
    return rows -> {
      RowBits selected = new RowBits(rows.count());
      clauses.forEach(clause -> selected.or(clause.select(rows)));
      return selected;
    };
  }

  private static VectorFilter not(VectorFilter clause) {
    return rows -> clause.select(rows).flip();
  }

  /** Passes every row. */
  static VectorFilter everything() {
    return rows -> RowBits.all(rows.count());
  }
}
