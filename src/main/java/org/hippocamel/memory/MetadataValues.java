package org.hippocamel.memory;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Quoted;

/** Checks one metadata value against its declared type, or only for flatness without one. */
final class MetadataValues {
  private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger HIGHEST = BigInteger.valueOf(Long.MAX_VALUE);

  private final Limits limits;
  private final List<FieldError> errors;

  MetadataValues(Limits limits, List<FieldError> errors) {
    this.limits = limits;
    this.errors = errors;
  }

  /** The value to store, or empty when it was refused. */
  Optional<Object> check(String name, FieldType type, Object value, String at) {
    return value instanceof List<?> list
        ? list(name, type, list, at)
        : single(name, type, value, at);
  }

  private Optional<Object> list(String name, FieldType type, List<?> list, String at) {
    if (list.isEmpty()) {
      // A search index sees no difference between [] and no field, the store does: refuse it, so
      // that "exists" means the same everywhere.
      return refuse(at, name, "must not be an empty list; leave it out");
    }
    if (list.size() > limits.maxMetadataFields()) {
      return refuse(
          at,
          name,
          "has "
              + list.size()
              + " values, the limit is "
              + limits.maxMetadataFields()
              + " (limits.max-metadata-fields)");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      Object item = list.get(i);
      if (item == null || item instanceof List) {
        return refuse(at + "/" + i, name, "must not hold null or a list inside a list");
      }
      Optional<Object> checked = single(name, type, item, at + "/" + i);
      if (checked.isEmpty()) {
        return Optional.empty();
      }
      values.add(checked.get());
    }
    boolean mixed = values.stream().map(MetadataValues::sort).distinct().count() > 1;
    return mixed
        ? refuse(at, name, "mixes types in one list; use strings, numbers or booleans alone")
        : Optional.of(List.copyOf(values));
  }

  private Optional<Object> single(String name, FieldType type, Object value, String at) {
    if (value instanceof Map || value instanceof List) {
      return refuse(
          at, name, "must be flat: a string, number, boolean, date or a list of one of them");
    }
    Optional<Object> plain = plain(name, value, at);
    return plain.isEmpty() || type == null ? plain : typed(name, type, plain.get(), at);
  }

  private Optional<Object> plain(String name, Object value, String at) {
    if (value instanceof String text) {
      return text(name, text, at);
    }
    if (value instanceof Boolean || value instanceof Instant) {
      return Optional.of(value);
    }
    if (value instanceof Double || value instanceof Float || value instanceof BigDecimal) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? Optional.of(number)
          : refuse(at, name, "is a number beyond 64 bits; send it as a string");
    }
    if (value instanceof Number number) {
      BigInteger whole =
          number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
      return whole.compareTo(LOWEST) < 0 || whole.compareTo(HIGHEST) > 0
          ? refuse(at, name, "is a number beyond 64 bits; send it as a string")
          : Optional.of(whole.longValue());
    }
    return refuse(at, name, "has an unknown type; use a string, number, boolean or date");
  }

  private Optional<Object> text(String name, String text, String at) {
    if (text.length() > limits.maxMetadataChars()) {
      return refuse(
          at,
          name,
          "has "
              + text.length()
              + " characters, the limit is "
              + limits.maxMetadataChars()
              + " (limits.max-metadata-chars)");
    }
    int broken = Quoted.brokenSurrogate(text);
    return broken < 0
        ? Optional.of(text)
        : refuse(at, name, "is not Unicode: half a surrogate pair at character " + broken);
  }

  private Optional<Object> typed(String name, FieldType type, Object value, String at) {
    if (type == FieldType.DATE && value instanceof String text) {
      Optional<Instant> date = IsoDate.parse(text);
      return date.isPresent()
          ? Optional.of(date.get())
          : refuse(
              at, name, "is declared as date: " + Quoted.of(text) + " is not one; " + IsoDate.HINT);
    }
    return sort(value) == type
        ? Optional.of(value)
        : refuse(
            at,
            name,
            "is declared as "
                + type.word()
                + " (memory.filterable), is the "
                + sort(value).word()
                + " "
                + shown(value));
  }

  private static String shown(Object value) {
    return value instanceof String ? Quoted.of(value) : String.valueOf(value);
  }

  private static FieldType sort(Object value) {
    if (value instanceof String) {
      return FieldType.STRING;
    }
    if (value instanceof Boolean) {
      return FieldType.BOOLEAN;
    }
    return value instanceof Instant ? FieldType.DATE : FieldType.NUMBER;
  }

  private Optional<Object> refuse(String at, String name, String what) {
    errors.add(new FieldError(at, "metadata field " + Quoted.of(name) + " " + what));
    return Optional.empty();
  }
}
