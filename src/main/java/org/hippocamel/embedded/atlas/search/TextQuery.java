package org.hippocamel.embedded.atlas.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.QueryBuilder;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.search.TextMapping.Type;

/** A {@code $search} stage as a Lucene query. Every operator and option not named is refused. */
final class TextQuery {
  static final Set<String> OPERATORS =
      Set.of("text", "phrase", "equals", "in", "range", "exists", "compound");

  private static final Set<String> OPTIONS =
      Set.of(
          "count",
          "highlight",
          "sort",
          "searchAfter",
          "searchBefore",
          "scoreDetails",
          "returnStoredSource",
          "returnScope",
          "concurrent",
          "tracking");

  private final ValueQuery values;
  private final QueryBuilder analysed;

  TextQuery(TextDefinition definition, Analyzer searchAnalyzer) {
    values = new ValueQuery(definition.mappings());
    analysed = new QueryBuilder(searchAnalyzer);
  }

  /** Checks what can be checked without an index, and gives the index's name. */
  static String index(BsonDocument document) {
    StrictDocument stage = new StrictDocument(document, "", SearchException::query);
    for (String key : document.keySet()) {
      if (OPTIONS.contains(key)) {
        throw stage.refuse(stage.path(key) + " is not supported in $search by the embedded Atlas");
      }
    }
    operator(stage, Set.of("index"));
    return stage.string("index", "default");
  }

  Query parse(BsonDocument document, IndexReader reader) {
    return clause(
        new StrictDocument(document, "", SearchException::query), Set.of("index"), reader);
  }

  private static String operator(StrictDocument clause, Set<String> besides) {
    List<String> operators = new ArrayList<>(clause.document().keySet());
    operators.removeAll(besides);
    for (String operator : operators) {
      if (!OPERATORS.contains(operator)) {
        throw clause.refuse(
            "operator "
                + clause.path(operator)
                + " is not supported by the embedded Atlas; supported: compound, equals, exists,"
                + " in, phrase, range, text");
      }
    }
    if (operators.size() != 1) {
      throw clause.refuse("exactly one operator is required but found " + operators);
    }
    return operators.get(0);
  }

  private Query clause(StrictDocument clause, Set<String> besides, IndexReader reader) {
    String operator = operator(clause, besides);
    StrictDocument options = clause.child(operator);
    Query query =
        switch (operator) {
          case "text" -> text(options, reader);
          case "phrase" -> phrase(options, reader);
          case "equals" -> values.equalTo(options);
          case "in" -> values.in(options);
          case "range" -> values.range(options);
          case "exists" -> values.exists(options);
          default -> compound(options, reader);
        };
    return scored(options, query);
  }

  private Query scored(StrictDocument options, Query query) {
    if (!options.has("score")) {
      return query;
    }
    StrictDocument score = options.child("score").only(Set.of("boost", "constant"));
    if (score.document().size() != 1) {
      throw score.refuse(options.path("score") + " must have exactly one of boost, constant");
    }
    boolean constant = score.has("constant");
    StrictDocument factor = score.child(constant ? "constant" : "boost").only(Set.of("value"));
    float value = (float) factor.number("value");
    if (!(value > 0) || Float.isInfinite(value)) {
      throw factor.refuse(factor.path("value") + " must be greater than 0");
    }
    return new BoostQuery(constant ? new ConstantScoreQuery(query) : query, value);
  }

  private Query text(StrictDocument text, IndexReader reader) {
    text.only(Set.of("query", "path", "fuzzy", "matchCriteria", "score"));
    boolean all = text.oneOf("matchCriteria", "any", List.of("any", "all")).equals("all");
    StrictDocument fuzzy = text.has("fuzzy") ? text.child("fuzzy") : null;
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String field : fields(text, reader)) {
      for (String query : strings(text, "query")) {
        Query terms = analysed.createBooleanQuery(field, query, all ? Occur.MUST : Occur.SHOULD);
        if (terms != null) {
          any.add(fuzzy == null ? terms : fuzzy(terms, fuzzy), Occur.SHOULD);
        }
      }
    }
    return any.build();
  }

  /** The same terms, each with those within its edit distance. */
  private static Query fuzzy(Query terms, StrictDocument options) {
    options.only(Set.of("maxEdits", "prefixLength", "maxExpansions"));
    int edits = options.integer("maxEdits", 1, 2, 2);
    int prefix = options.integer("prefixLength", 0, Integer.MAX_VALUE, 0);
    int expansions = options.integer("maxExpansions", 1, 1000, 50);
    if (terms instanceof BooleanQuery several) {
      BooleanQuery.Builder expanded = new BooleanQuery.Builder();
      several
          .clauses()
          .forEach(clause -> expanded.add(fuzzy(clause.getQuery(), options), clause.getOccur()));
      return expanded.build();
    }
    return terms instanceof TermQuery term
        ? new FuzzyQuery(term.getTerm(), edits, prefix, expansions, true)
        : terms;
  }

  private Query phrase(StrictDocument phrase, IndexReader reader) {
    phrase.only(Set.of("query", "path", "slop", "score"));
    int slop = phrase.integer("slop", 0, Integer.MAX_VALUE, 0);
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (String field : fields(phrase, reader)) {
      for (String query : strings(phrase, "query")) {
        Query words = analysed.createPhraseQuery(field, query, slop);
        if (words != null) {
          any.add(words, Occur.SHOULD);
        }
      }
    }
    return any.build();
  }

  private Query compound(StrictDocument compound, IndexReader reader) {
    compound.only(Set.of("must", "mustNot", "should", "filter", "minimumShouldMatch", "score"));
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    int should = add(compound, "should", Occur.SHOULD, all, reader);
    int positive =
        should
            + add(compound, "must", Occur.MUST, all, reader)
            + add(compound, "filter", Occur.FILTER, all, reader);
    int negative = add(compound, "mustNot", Occur.MUST_NOT, all, reader);
    if (positive + negative == 0) {
      throw compound.refuse(
          compound.path("must") + ", mustNot, should or filter must have at least one clause");
    }
    if (positive == 0) {
      all.add(new MatchAllDocsQuery(), Occur.FILTER);
    }
    all.setMinimumNumberShouldMatch(
        compound.integer("minimumShouldMatch", 0, Math.max(0, should), 0));
    return all.build();
  }

  private int add(
      StrictDocument compound,
      String key,
      Occur occur,
      BooleanQuery.Builder all,
      IndexReader reader) {
    if (!compound.has(key)) {
      return 0;
    }
    BsonValue value = compound.required(key);
    List<BsonValue> clauses = value.isArray() ? value.asArray() : List.of(value);
    for (int i = 0; i < clauses.size(); i++) {
      StrictDocument clause = compound.child(key + "[" + i + "]", clauses.get(i));
      all.add(clause(clause, Set.of(), reader), occur);
    }
    return clauses.size();
  }

  private static List<String> strings(StrictDocument options, String key) {
    BsonValue value = options.required(key);
    if (!value.isArray()) {
      return List.of(options.string(key));
    }
    List<String> strings = new ArrayList<>();
    for (BsonValue element : value.asArray()) {
      if (!element.isString()) {
        throw options.refuse(options.path(key) + " must be a string or an array of strings");
      }
      strings.add(element.asString().getValue());
    }
    if (strings.isEmpty()) {
      throw options.refuse(options.path(key) + " cannot be empty");
    }
    return strings;
  }

  /** Lucene's names of the string fields that a {@code path} means. */
  private static Set<String> fields(StrictDocument options, IndexReader reader) {
    BsonValue path = options.required("path");
    Set<String> fields = new LinkedHashSet<>();
    for (BsonValue one : path.isArray() ? path.asArray() : List.of(path)) {
      if (one.isString()) {
        fields.add(TextFields.name(Type.STRING, one.asString().getValue()));
      } else {
        fields.addAll(named(options.child("path", one), reader));
      }
    }
    return fields;
  }

  /** {@code {wildcard}}, or {@code {value, multi}}: a path under one of its further analyzers. */
  private static List<String> named(StrictDocument path, IndexReader reader) {
    if (path.has("wildcard")) {
      return matching(path.only(Set.of("wildcard")).string("wildcard"), reader);
    }
    String value = path.only(Set.of("value", "multi")).string("value");
    return List.of(
        path.has("multi")
            ? TextFields.multi(path.string("multi"), value)
            : TextFields.name(Type.STRING, value));
  }

  private static List<String> matching(String wildcard, IndexReader reader) {
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(TextFields.name(Type.STRING, wildcard)).replace("*", "\\E.*\\Q"));
    return FieldInfos.getIndexedFields(reader).stream()
        .filter(field -> pattern.matcher(field).matches())
        .sorted()
        .toList();
  }
}
