package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Quoted;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;

/**
 * Reads the filter grammar: {@code {"field": value}}, {@code {"field": {"gte": value}}}, {@code
 * {"and": [..]}}, {@code {"or": [..]}}, {@code {"not": {..}}}. Several fields in one object, and
 * several operators on one field, must all hold. Thread-safe.
 */
public final class FilterGrammar {
  private static final Set<String> LISTS = Set.of("and", "or");

  private final FilterFields fields;
  private final Limits limits;

  public FilterGrammar(FilterFields fields, Limits limits) {
    this.fields = fields;
    this.limits = limits;
  }

  /**
   * The filter of a JSON value.
   *
   * @param pointer where the value stands in the body
   * @param errors receives one entry for each fault; nothing is ever left out silently
   * @return empty if there was any fault
   */
  public Optional<Filter> parse(JsonNode value, String pointer, List<FieldError> errors) {
    Reading reading = new Reading();
    Optional<Filter> filter = reading.filter(value, pointer, 1);
    if (reading.conditions > limits.maxFilterClauses()) {
      reading.refuse(
          pointer,
          "the filter has more than "
              + limits.maxFilterClauses()
              + " conditions (limits.max-filter-clauses)");
    }
    errors.addAll(reading.faults);
    return reading.faults.isEmpty() ? filter : Optional.empty();
  }

  /** One pass over one filter. */
  private final class Reading {
    private final List<FieldError> faults = new ArrayList<>();
    private int conditions;

    Optional<Filter> filter(JsonNode value, String at, int depth) {
      if (depth > limits.maxFilterDepth()) {
        return refuse(
            at,
            "the filter is nested deeper than "
                + limits.maxFilterDepth()
                + " (limits.max-filter-depth)");
      }
      if (!value.isObject()) {
        return refuse(at, "a filter must be an object, is " + Sort.of(value));
      }
      if (value.isEmpty()) {
        return refuse(at, "the filter is empty; name a field or leave the filter out");
      }
      List<Filter> parts = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        if (full()) {
          break;
        }
        String place = Pointer.child(at, entry.getKey());
        part(entry.getKey(), entry.getValue(), place, depth).ifPresent(parts::add);
      }
      return all(parts);
    }

    private Optional<Filter> part(String name, JsonNode value, String at, int depth) {
      if (LISTS.contains(name)) {
        return list(name, value, at, depth);
      }
      if (name.equals("not")) {
        return filter(value, at, depth + 1).map(Filter.Not::new);
      }
      Optional<FilterFields.Field> field = fields.field(name);
      return field.isPresent()
          ? condition(field.get(), value, at)
          : refuse(
              at,
              "cannot filter on "
                  + Quoted.of(name)
                  + meant(name, fields.names())
                  + "; fields are "
                  + String.join(", ", fields.names())
                  + " (memory.filterable)");
    }

    private Optional<Filter> list(String name, JsonNode value, String at, int depth) {
      if (!value.isArray() || value.isEmpty()) {
        return refuse(at, name + " must be a list of at least one filter");
      }
      List<Filter> parts = new ArrayList<>();
      for (int i = 0; i < value.size() && !full(); i++) {
        filter(value.get(i), Pointer.child(at, i), depth + 1).ifPresent(parts::add);
      }
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(name.equals("and") ? new Filter.And(parts) : new Filter.Or(parts));
    }

    private Optional<Filter> condition(FilterFields.Field field, JsonNode value, String at) {
      FilterValues values = new FilterValues(field, limits, faults);
      if (!value.isObject()) {
        conditions++;
        return values.one(value, at, "").map(v -> new Filter.Eq(field.path(), v));
      }
      if (value.isEmpty()) {
        return refuse(at, field.name() + " names no operator; use " + FilterValues.OPERATORS);
      }
      List<Filter> parts = new ArrayList<>();
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        if (full()) {
          break;
        }
        String place = Pointer.child(at, entry.getKey());
        conditions += Math.max(1, entry.getValue().isArray() ? entry.getValue().size() : 1);
        if (!full()) {
          values.operator(entry.getKey(), entry.getValue(), place).ifPresent(parts::add);
        }
      }
      return all(parts);
    }

    private Optional<Filter> all(List<Filter> parts) {
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(parts.size() == 1 ? parts.get(0) : new Filter.And(parts));
    }

    /** Stops reading an over-long filter: its one fault says enough. */
    private boolean full() {
      return conditions > limits.maxFilterClauses() || faults.size() > limits.maxFilterClauses();
    }

    private Optional<Filter> refuse(String at, String detail) {
      faults.add(new FieldError(at, detail));
      return Optional.empty();
    }
  }

  static String meant(String name, java.util.Collection<String> known) {
    return KnownFields.nearest(name, known)
        .map(near -> "; did you mean \"" + near + "\"?")
        .orElse("");
  }
}
