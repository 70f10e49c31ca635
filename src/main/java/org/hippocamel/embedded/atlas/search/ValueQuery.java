package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.bson.BsonArray;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.search.TextMapping.Options;
import org.hippocamel.embedded.atlas.search.TextMapping.Type;

/**
 * The operators of {@code $search} over values that are not analysed: {@code equals}, {@code in},
 * {@code range}, {@code exists}. They score 1. A string needs a field of type {@code token},
 * without which the stage is refused as Atlas does; any other value that is not indexed finds
 * nothing.
 */
final class ValueQuery {
  private final TextMapping mapping;

  ValueQuery(TextMapping mapping) {
    this.mapping = mapping;
  }

  Query equalTo(StrictDocument equals) {
    equals.only(Set.of("path", "value", "score"));
    return new ConstantScoreQuery(term(equals, equals.string("path"), equals.required("value")));
  }

  Query in(StrictDocument in) {
    in.only(Set.of("path", "value", "score"));
    BsonArray values = in.array("value");
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String path : paths(in)) {
      values.forEach(value -> any.add(term(in, path, value), Occur.SHOULD));
    }
    return new ConstantScoreQuery(any.build());
  }

  Query exists(StrictDocument exists) {
    exists.only(Set.of("path", "score"));
    return new ConstantScoreQuery(
        new TermQuery(new Term(TextFields.EXISTS, exists.string("path"))));
  }

  Query range(StrictDocument range) {
    range.only(Set.of("path", "gt", "gte", "lt", "lte", "score"));
    if (range.has("gt") && range.has("gte") || range.has("lt") && range.has("lte")) {
      throw range.refuse(range.path("gt") + " and gte, or lt and lte, cannot both be given");
    }
    String lowerKey = range.has("gt") ? "gt" : "gte";
    String upperKey = range.has("lt") ? "lt" : "lte";
    BsonValue lower = range.has(lowerKey) ? range.required(lowerKey) : null;
    BsonValue upper = range.has(upperKey) ? range.required(upperKey) : null;
    if (lower == null && upper == null) {
      throw range.refuse(range.path("gt") + ", gte, lt or lte is required");
    }
    if (lower != null && upper != null && type(range, lower) != type(range, upper)) {
      throw range.refuse(range.path(lowerKey) + " and " + upperKey + " must be of one type");
    }
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String path : paths(range)) {
      any.add(
          between(range, path, lower, lowerKey.equals("gte"), upper, upperKey.equals("lte")),
          Occur.SHOULD);
    }
    return new ConstantScoreQuery(any.build());
  }

  private Query between(
      StrictDocument range,
      String path,
      BsonValue lower,
      boolean withLower,
      BsonValue upper,
      boolean withUpper) {
    Type type = type(range, lower == null ? upper : lower);
    String field = TextFields.name(type, path);
    return switch (type) {
      case NUMBER -> {
        double from = lower == null ? Double.NEGATIVE_INFINITY : Scalars.number(lower);
        double to = upper == null ? Double.POSITIVE_INFINITY : Scalars.number(upper);
        yield DoublePoint.newRangeQuery(
            field,
            withLower || lower == null ? from : DoublePoint.nextUp(from),
            withUpper || upper == null ? to : DoublePoint.nextDown(to));
      }
      case DATE -> {
        long from = lower == null ? Long.MIN_VALUE : lower.asDateTime().getValue();
        long to = upper == null ? Long.MAX_VALUE : upper.asDateTime().getValue();
        boolean none =
            lower != null && !withLower && from == Long.MAX_VALUE
                || upper != null && !withUpper && to == Long.MIN_VALUE;
        yield none
            ? new MatchNoDocsQuery()
            : LongPoint.newRangeQuery(
                field,
                withLower || lower == null ? from : from + 1,
                withUpper || upper == null ? to : to - 1);
      }
      case TOKEN, OBJECT_ID ->
          TermRangeQuery.newStringRange(
              field, text(path, lower, type), text(path, upper, type), withLower, withUpper);
      default ->
          throw range.refuse(
              range.path("path") + ": a range needs a number, date, string or objectId");
    };
  }

  private String text(String path, BsonValue bound, Type type) {
    if (bound == null) {
      return null;
    }
    return type == Type.TOKEN
        ? TextFields.token(bound.asString().getValue(), token(path))
        : TextFields.term(bound);
  }

  private Query term(StrictDocument clause, String path, BsonValue value) {
    Type type = type(clause, value);
    String field = TextFields.name(type, path);
    return switch (type) {
      case NUMBER -> DoublePoint.newExactQuery(field, Scalars.number(value));
      case DATE -> LongPoint.newExactQuery(field, value.asDateTime().getValue());
      case TOKEN ->
          new TermQuery(
              new Term(field, TextFields.token(value.asString().getValue(), token(path))));
      default -> new TermQuery(new Term(field, TextFields.term(value)));
    };
  }

  private Options token(String path) {
    Options options = mapping.at(path, Type.TOKEN);
    if (options == null) {
      throw SearchException.query("Path '" + path + "' needs to be indexed as token");
    }
    return options;
  }

  private static Type type(StrictDocument clause, BsonValue value) {
    return switch (value.getBsonType()) {
      case STRING -> Type.TOKEN;
      case INT32, INT64, DOUBLE, DECIMAL128 -> Type.NUMBER;
      case DATE_TIME -> Type.DATE;
      case BOOLEAN -> Type.BOOLEAN;
      case OBJECT_ID -> Type.OBJECT_ID;
      default ->
          throw clause.refuse(
              clause.path("value")
                  + " must be a string, number, date, boolean or objectId but is "
                  + value.getBsonType());
    };
  }

  private static List<String> paths(StrictDocument clause) {
    BsonValue path = clause.required("path");
    if (!path.isArray()) {
      return List.of(clause.string("path"));
    }
    List<String> paths = new ArrayList<>();
    for (BsonValue one : path.asArray()) {
      if (!one.isString()) {
        throw clause.refuse(clause.path("path") + " must be a string or an array of strings");
      }
      paths.add(one.asString().getValue());
    }
    return paths;
  }
}
