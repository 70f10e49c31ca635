package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hippocamel.memory.Ids;
import org.hippocamel.memory.IsoDate;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.Quoted;

/**
 * Reads the fields of one JSON object and collects every fault with its JSON pointer, so that a
 * caller learns all of them at once. Reading a field makes it known; {@link #finish} refuses the
 * fields nobody asked for. A field that is null counts as absent. For one thread.
 */
public final class JsonObject {
  private static final int UNKNOWN_SHOWN = 10;

  private final ObjectNode node;
  private final String pointer;
  private final List<FieldError> errors;
  private final Set<String> known = new LinkedHashSet<>();

  private JsonObject(ObjectNode node, String pointer, List<FieldError> errors) {
    this.node = node;
    this.pointer = pointer;
    this.errors = errors;
  }

  /**
   * The object at a place of the body.
   *
   * @param pointer {@code ""} for the whole body
   * @param errors receives the faults
   * @throws Problem Invalid if the value is not an object
   */
  public static JsonObject of(JsonNode value, String pointer, List<FieldError> errors) {
    if (value instanceof ObjectNode object) {
      return new JsonObject(object, pointer, errors);
    }
    throw Problem.invalid(pointer, "expected a JSON object, got " + Sort.of(value));
  }

  /** The faults found so far, also those of nested objects. */
  public List<FieldError> errors() {
    return errors;
  }

  /** The pointer of one of this object's fields. */
  public String at(String name) {
    return Pointer.child(pointer, name);
  }

  /** Records a fault of a field. */
  public void refuse(String name, String detail) {
    errors.add(new FieldError(at(name), detail));
  }

  /** Refuses a field with a reason of its own instead of as unknown. */
  public void forbid(String name, String why) {
    if (node.has(name)) {
      refuse(name, why);
    }
    known.add(name);
  }

  /** Text, not blank; null when absent or refused. */
  public String string(String name, boolean required, Bound chars) {
    JsonNode value = value(name, required);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      return wrong(name, "a string", value);
    }
    Optional<String> fault = fault(value.textValue(), chars);
    fault.ifPresent(what -> refuse(name, name + " " + what));
    return fault.isPresent() ? null : value.textValue();
  }

  private static Optional<String> fault(String text, Bound chars) {
    if (text.isBlank()) {
      return Optional.of("must not be empty");
    }
    if (text.length() > chars.max()) {
      return Optional.of("has " + text.length() + " characters, the limit is " + chars);
    }
    int broken = Quoted.brokenSurrogate(text);
    return broken < 0
        ? Optional.empty()
        : Optional.of("is not Unicode: half a surrogate pair at character " + broken);
  }

  /** An id, agent or session name by the rules of {@link Ids}; null when absent or refused. */
  public String id(String name, boolean required, Bound chars) {
    String text = string(name, required, chars);
    if (text == null) {
      return null;
    }
    Optional<String> fault = Ids.fault(text);
    fault.ifPresent(what -> refuse(name, name + " " + what));
    return fault.isPresent() ? null : text.strip();
  }

  /** One of a few words; null when absent or refused. */
  public String choice(String name, Collection<String> words) {
    JsonNode value = value(name, false);
    if (value == null || words.contains(value.textValue())) {
      return value == null ? null : value.textValue();
    }
    refuse(name, name + " " + shown(value) + " is not one of " + String.join(", ", words));
    return null;
  }

  /** A whole number; the given one when absent or refused. */
  public int integer(String name, int min, Bound max, int otherwise) {
    JsonNode value = value(name, false);
    if (value == null) {
      return otherwise;
    }
    if (!value.isIntegralNumber()) {
      wrong(name, "a whole number", value);
      return otherwise;
    }
    boolean low = value.bigIntegerValue().compareTo(BigInteger.valueOf(min)) < 0;
    if (low) {
      refuse(name, name + " " + shown(value) + " is below " + min);
    } else if (!value.canConvertToInt() || value.intValue() > max.max()) {
      refuse(name, name + " " + shown(value) + " is above " + max);
    } else {
      return value.intValue();
    }
    return otherwise;
  }

  /** A finite number; null when absent or refused. */
  public Double decimal(String name, double min, double max) {
    JsonNode value = value(name, false);
    if (value == null) {
      return null;
    }
    if (!value.isNumber()) {
      return wrong(name, "a number", value);
    }
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      refuse(name, name + " is a number beyond 64 bits");
      return null;
    }
    if (number >= min && number <= max) {
      return number;
    }
    refuse(name, name + " " + shown(value) + " is not in " + min + " to " + max);
    return null;
  }

  /** True or false; the given one when absent or refused. */
  public boolean bool(String name, boolean otherwise) {
    JsonNode value = value(name, false);
    if (value == null || value.isBoolean()) {
      return value == null ? otherwise : value.booleanValue();
    }
    wrong(name, "true or false", value);
    return otherwise;
  }

  /** A date in ISO-8601; null when absent or refused. */
  public Instant instant(String name) {
    JsonNode value = value(name, false);
    if (value == null) {
      return null;
    }
    Optional<Instant> date =
        value.isTextual() ? IsoDate.parse(value.textValue()) : Optional.empty();
    if (date.isEmpty()) {
      refuse(name, name + " " + shown(value) + " is not an ISO-8601 date; " + IsoDate.HINT);
    }
    return date.orElse(null);
  }

  /** Ids, each by the rules of {@link Ids}; empty when absent, without the refused ones. */
  public List<String> ids(String name, Bound items, Bound chars) {
    List<String> ids = new ArrayList<>();
    elements(name, items)
        .forEach(
            (at, item) -> {
              if (!item.isTextual()) {
                errors.add(new FieldError(at, name + " must hold strings, got " + Sort.of(item)));
                return;
              }
              Optional<String> fault =
                  fault(item.textValue(), chars).or(() -> Ids.fault(item.textValue()));
              fault.ifPresent(
                  what -> errors.add(new FieldError(at, "an id in " + name + " " + what)));
              if (fault.isEmpty()) {
                ids.add(item.textValue().strip());
              }
            });
    return ids;
  }

  /** Words out of a few, at least one when the field is there; empty when absent. */
  public Set<String> choices(String name, Collection<String> words) {
    Set<String> chosen = new LinkedHashSet<>();
    Map<String, JsonNode> elements = elements(name, Bound.fixed(words.size()));
    elements.forEach(
        (at, item) -> {
          if (words.contains(item.textValue())) {
            chosen.add(item.textValue());
          } else {
            String allowed = String.join(", ", words);
            errors.add(new FieldError(at, name + " " + shown(item) + " is not one of " + allowed));
          }
        });
    if (node.path(name).isArray() && node.path(name).isEmpty()) {
      refuse(name, name + " must not be an empty list; leave it out for all");
    }
    return chosen;
  }

  /** The elements of a list by their pointers; empty when absent or refused. */
  public Map<String, JsonNode> elements(String name, Bound items) {
    JsonNode value = value(name, false);
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    if (value == null) {
      return elements;
    }
    if (!value.isArray()) {
      wrong(name, "a list", value);
    } else if (value.size() > items.max()) {
      refuse(name, name + " has " + value.size() + " entries, the limit is " + items);
    } else {
      value.forEach(item -> elements.put(Pointer.child(at(name), elements.size()), item));
    }
    return elements;
  }

  /** A nested object as plain Java values, nulls kept; empty when absent or refused. */
  public Map<String, Object> object(String name) {
    JsonNode value = value(name, false);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof ObjectNode object) {
      return PlainValues.of(object);
    }
    wrong(name, "an object", value);
    return Map.of();
  }

  /** The value as it stands, or null when absent. */
  public JsonNode value(String name, boolean required) {
    known.add(name);
    JsonNode value = node.get(name);
    boolean absent = value == null || value.isNull();
    if (absent && required) {
      refuse(name, name + " is required");
    }
    return absent ? null : value;
  }

  /** Refuses unknown fields; throws nothing, so that many objects can share a list of faults. */
  public void close() {
    List<String> unknown = new ArrayList<>();
    node.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    unknown.stream().limit(UNKNOWN_SHOWN).forEach(name -> refuse(name, unknown(name)));
    if (unknown.size() > UNKNOWN_SHOWN) {
      int more = unknown.size() - UNKNOWN_SHOWN;
      errors.add(new FieldError(pointer, "and " + more + " more unknown fields"));
    }
  }

  /**
   * Refuses unknown fields, then everything that was wrong, in one go.
   *
   * @throws Problem Invalid with all faults
   */
  public void finish() {
    close();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  private String unknown(String name) {
    return "unknown field "
        + Quoted.of(name)
        + KnownFields.nearest(name, known)
            .map(near -> "; did you mean \"" + near + "\"?")
            .orElse("");
  }

  private <T> T wrong(String name, String wanted, JsonNode value) {
    refuse(name, name + " must be " + wanted + ", is " + described(value));
    return null;
  }

  private static String described(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        ? Sort.of(value).replaceFirst("^a", "the") + " " + shown(value)
        : Sort.of(value);
  }

  /** The value shortened: strings in quotes, anything long cut. */
  private static String shown(JsonNode value) {
    if (value.isContainerNode() || value.isNull()) {
      return "(" + Sort.of(value) + ")";
    }
    String quoted = Quoted.of(value.asText());
    return value.isTextual() ? quoted : quoted.substring(1, quoted.length() - 1);
  }
}
