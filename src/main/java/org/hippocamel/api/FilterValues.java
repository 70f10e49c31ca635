package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.FieldType;
import org.hippocamel.memory.IsoDate;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Quoted;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;

/** Reads what one field is compared with, by the field's type. */
final class FilterValues {
  private static final List<String> NAMES =
      List.of("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists");

  /** For messages. */
  static final String OPERATORS = String.join(", ", NAMES);

  private final FilterFields.Field field;
  private final Limits limits;
  private final List<FieldError> errors;

  FilterValues(FilterFields.Field field, Limits limits, List<FieldError> errors) {
    this.field = field;
    this.limits = limits;
    this.errors = errors;
  }

  /** {@code {"gte": value}}. */
  Optional<Filter> operator(String operator, JsonNode value, String at) {
    String path = field.path();
    return switch (operator) {
      case "eq" -> one(value, at, operator).map(v -> new Filter.Eq(path, v));
      case "ne" -> one(value, at, operator).map(v -> new Filter.Ne(path, v));
      case "gt" -> range(Filter.Order.GT, value, at);
      case "gte" -> range(Filter.Order.GTE, value, at);
      case "lt" -> range(Filter.Order.LT, value, at);
      case "lte" -> range(Filter.Order.LTE, value, at);
      case "in" -> many(value, at, operator).map(v -> new Filter.In(path, v));
      case "nin" -> many(value, at, operator).map(v -> new Filter.Nin(path, v));
      case "exists" -> exists(value, at);
      default ->
          refuse(
              at,
              "unknown operator "
                  + Quoted.of(operator)
                  + " on "
                  + field.name()
                  + FilterGrammar.meant(operator, NAMES)
                  + "; use "
                  + OPERATORS);
    };
  }

  private Optional<Filter> range(Filter.Order order, JsonNode value, String at) {
    String operator = order.word();
    if (!field.type().ordered()) {
      return refuse(
          at,
          operator
              + " needs a number or date field, "
              + field.name()
              + " is a "
              + field.type().word());
    }
    return one(value, at, operator).map(v -> new Filter.Range(field.path(), order, v));
  }

  private Optional<Filter> exists(JsonNode value, String at) {
    return value.isBoolean()
        ? Optional.of(new Filter.Exists(field.path(), value.booleanValue()))
        : refuse(at, "exists must be true or false, is " + Sort.of(value));
  }

  private Optional<List<Object>> many(JsonNode value, String at, String operator) {
    if (!value.isArray() || value.isEmpty()) {
      return refuse(at, operator + " must be a list of at least one value");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      one(value.get(i), Pointer.child(at, i), operator).ifPresent(values::add);
    }
    return values.size() == value.size() ? Optional.of(values) : Optional.empty();
  }

  /**
   * A single value of the field's type.
   *
   * @param operator for the message, "" when the value stands alone
   */
  Optional<Object> one(JsonNode value, String at, String operator) {
    if (value.isNull()) {
      return refuse(at, field.name() + " cannot be compared with null; use {\"exists\": false}");
    }
    if (value.isArray()) {
      return refuse(
          at,
          field.name() + " cannot be compared with a list; use {\"in\": [...]} for any of them");
    }
    return switch (field.type()) {
      case STRING -> value.isTextual() ? text(value.textValue(), at) : wrong(value, at);
      case NUMBER -> value.isNumber() ? number(value, at) : wrong(value, at);
      case BOOLEAN -> value.isBoolean() ? Optional.of(value.booleanValue()) : wrong(value, at);
      case DATE -> value.isTextual() ? date(value.textValue(), at) : wrong(value, at);
    };
  }

  private Optional<Object> text(String text, String at) {
    if (!field.words().isEmpty() && !field.words().contains(text)) {
      String words = String.join(", ", field.words());
      return refuse(at, field.name() + " " + Quoted.of(text) + " is not one of " + words);
    }
    if (text.length() > limits.maxMetadataChars()) {
      return refuse(
          at,
          "a value of "
              + text.length()
              + " characters cannot match, the limit is "
              + limits.maxMetadataChars()
              + " (limits.max-metadata-chars)");
    }
    int broken = Quoted.brokenSurrogate(text);
    return broken < 0
        ? Optional.of(text)
        : refuse(
            at, field.name() + " is not Unicode: half a surrogate pair at character " + broken);
  }

  private Optional<Object> number(JsonNode value, String at) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Optional.of(value.longValue());
    }
    double number = value.doubleValue();
    return value.isIntegralNumber() || !Double.isFinite(number)
        ? refuse(at, field.name() + " is compared with a number beyond 64 bits")
        : Optional.of(number);
  }

  private Optional<Object> date(String text, String at) {
    Optional<Instant> date = IsoDate.parse(text);
    return date.isPresent()
        ? Optional.of(date.get())
        : refuse(
            at, field.name() + " " + Quoted.of(text) + " is not an ISO-8601 date; " + IsoDate.HINT);
  }

  private <T> Optional<T> wrong(JsonNode value, String at) {
    String wanted = field.type() == FieldType.DATE ? "a date string" : "a " + field.type().word();
    return refuse(at, field.name() + " must be compared with " + wanted + ", is " + Sort.of(value));
  }

  private <T> Optional<T> refuse(String at, String detail) {
    errors.add(new FieldError(at, detail));
    return Optional.empty();
  }
}
