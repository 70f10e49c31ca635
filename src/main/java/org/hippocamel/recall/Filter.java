package org.hippocamel.recall;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bson.Document;

/**
 * A condition on stored memories, and its two translations, which select the same documents: MQL
 * for {@code $vectorSearch.filter} and a clause for {@code compound.filter} of {@code $search}.
 *
 * <p>The meaning is MQL's. A field that holds a list matches when one of its values does; {@code
 * ne}, {@code nin} and {@code not} match exactly the memories their opposite does not, also those
 * without the field. Values are String, Long, Double, Boolean or Instant and become BSON as they
 * are: nothing is ever pasted into text.
 */
public sealed interface Filter {
  /** The MQL form, for {@code $vectorSearch.filter} and for {@code find}. */
  Document toVectorFilter();

  /** The operator for {@code compound.filter} of {@code $search}. */
  Document toSearchClause();

  /** Whether it looks at a field. */
  default boolean names(String field) {
    if (this instanceof And and) {
      return and.parts.stream().anyMatch(part -> part.names(field));
    }
    if (this instanceof Or or) {
      return or.parts.stream().anyMatch(part -> part.names(field));
    }
    return this instanceof Not not ? not.part.names(field) : toVectorFilter().containsKey(field);
  }

  /** How a value is compared with a bound. */
  enum Order {
    GT,
    GTE,
    LT,
    LTE;

    /** The operator without its dollar: {@code gte}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The field has the value. */
  record Eq(String path, Object value) implements Filter {
    @Override
    public Document toVectorFilter() {
      return mql(path, "$eq", bson(value));
    }

    @Override
    public Document toSearchClause() {
      return new Document("equals", new Document("path", path).append("value", bson(value)));
    }
  }

  /** The field has not the value, or is missing. */
  record Ne(String path, Object value) implements Filter {
    @Override
    public Document toVectorFilter() {
      return mql(path, "$ne", bson(value));
    }

    @Override
    public Document toSearchClause() {
      return without(new Eq(path, value));
    }
  }

  /**
   * The field lies beyond a number or a date. One bound each: of a list, the values that meet two
   * bounds may differ, which a range with both would read otherwise.
   */
  record Range(String path, Order order, Object value) implements Filter {
    @Override
    public Document toVectorFilter() {
      return mql(path, "$" + order.word(), bson(value));
    }

    @Override
    public Document toSearchClause() {
      return new Document("range", new Document("path", path).append(order.word(), bson(value)));
    }
  }

  /** The field has one of the values. */
  record In(String path, List<Object> values) implements Filter {
    public In {
      values = List.copyOf(values);
    }

    @Override
    public Document toVectorFilter() {
      return mql(path, "$in", bson(values));
    }

    @Override
    public Document toSearchClause() {
      return new Document("in", new Document("path", path).append("value", bson(values)));
    }
  }

  /** The field has none of the values, or is missing. */
  record Nin(String path, List<Object> values) implements Filter {
    public Nin {
      values = List.copyOf(values);
    }

    @Override
    public Document toVectorFilter() {
      return mql(path, "$nin", bson(values));
    }

    @Override
    public Document toSearchClause() {
      return without(new In(path, values));
    }
  }

  /** The field is there, or is not. */
  record Exists(String path, boolean there) implements Filter {
    @Override
    public Document toVectorFilter() {
      return mql(path, "$exists", there);
    }

    @Override
    public Document toSearchClause() {
      return there
          ? new Document("exists", new Document("path", path))
          : without(new Exists(path, true));
    }
  }

  /** All of them hold. */
  record And(List<Filter> parts) implements Filter {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public Document toVectorFilter() {
      return new Document("$and", parts.stream().map(Filter::toVectorFilter).toList());
    }

    @Override
    public Document toSearchClause() {
      return compound("filter", parts.stream().map(Filter::toSearchClause).toList());
    }
  }

  /** At least one of them holds. */
  record Or(List<Filter> parts) implements Filter {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public Document toVectorFilter() {
      return new Document("$or", parts.stream().map(Filter::toVectorFilter).toList());
    }

    @Override
    public Document toSearchClause() {
      Document or = compound("should", parts.stream().map(Filter::toSearchClause).toList());
      or.get("compound", Document.class).append("minimumShouldMatch", 1);
      return or;
    }
  }

  /** It does not hold. {@code $not} stands below a field only, hence {@code $nor}. */
  record Not(Filter part) implements Filter {
    @Override
    public Document toVectorFilter() {
      return new Document("$nor", List.of(part.toVectorFilter()));
    }

    @Override
    public Document toSearchClause() {
      return without(part);
    }
  }

  private static Document mql(String path, String operator, Object value) {
    return new Document(path, new Document(operator, value));
  }

  /**
   * All but what a filter selects. A compound of {@code mustNot} alone selects nothing, as it only
   * takes away; every memory has a tenant, so that clause selects all.
   */
  private static Document without(Filter filter) {
    Document all = new Document("exists", new Document("path", FilterFields.TENANT));
    Document compound = compound("filter", List.of(all));
    compound.get("compound", Document.class).append("mustNot", List.of(filter.toSearchClause()));
    return compound;
  }

  private static Document compound(String occurrence, List<Document> clauses) {
    return new Document("compound", new Document(occurrence, clauses));
  }

  private static List<Object> bson(List<Object> values) {
    return values.stream().map(Filter::bson).toList();
  }

  private static Object bson(Object value) {
    return value instanceof Instant instant ? Date.from(instant) : value;
  }
}
