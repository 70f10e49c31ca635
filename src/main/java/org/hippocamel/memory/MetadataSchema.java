package org.hippocamel.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Pointer;
import org.hippocamel.problem.Quoted;

/**
 * Which metadata fields may be filtered on and of which type they are ({@code memory.filterable}),
 * and the check that every piece of metadata passes before it is stored. Immutable.
 *
 * <p>Declared fields hold values of their type alone, because a search index silently leaves out a
 * value of another type: such a memory would be stored and never found by that filter.
 */
public final class MetadataSchema {
  /** Words of the filter grammar and of the stored document that a field cannot be named. */
  private static final Set<String> RESERVED =
      Set.of(
          "and",
          "or",
          "not",
          "agent_id",
          "session_id",
          "kind",
          "source_id",
          "tenant",
          "occurred_at",
          "created_at",
          "updated_at",
          "case_status",
          "case_reward",
          "task_type",
          "tools");

  private final Map<String, Field> fields;
  private final Limits limits;

  /**
   * A field to be declared in the search indexes.
   *
   * @param name as callers write it: {@code topic}
   * @param path where it is stored: {@code metadata.topic}
   */
  public record Field(String name, String path, FieldType type) {}

  private MetadataSchema(Map<String, Field> fields, Limits limits) {
    this.fields = fields;
    this.limits = limits;
  }

  /**
   * Reads the entries of {@code memory.filterable}, each {@code name:type}.
   *
   * @throws IllegalArgumentException naming every entry that is wrong
   */
  public static MetadataSchema of(List<String> entries, Limits limits) {
    Map<String, Field> fields = new LinkedHashMap<>();
    List<String> faults = new ArrayList<>();
    entries.stream()
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .forEach(entry -> declare(entry, fields, faults));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("memory.filterable: " + String.join("; ", faults));
    }
    return new MetadataSchema(Map.copyOf(fields), limits);
  }

  private static void declare(String entry, Map<String, Field> fields, List<String> faults) {
    int colon = entry.lastIndexOf(':');
    String name = colon < 0 ? entry : entry.substring(0, colon).strip();
    String type = colon < 0 ? "" : entry.substring(colon + 1).strip();
    Optional<String> fault = MetadataNames.fault(name);
    if (fault.isPresent()) {
      faults.add(fault.get());
    } else if (RESERVED.contains(name)) {
      faults.add("the name " + Quoted.of(name) + " is taken; choose another");
    } else if (fields.containsKey(name)) {
      faults.add(Quoted.of(name) + " is declared twice");
    } else {
      type(type)
          .ifPresentOrElse(
              t -> fields.put(name, new Field(name, "metadata." + name, t)),
              () ->
                  faults.add(Quoted.of(entry) + " needs a type: string, number, boolean or date"));
    }
  }

  private static Optional<FieldType> type(String word) {
    return List.of(FieldType.values()).stream().filter(t -> t.word().equals(word)).findFirst();
  }

  /** The fields that may be filtered on, by name in alphabetical order. */
  public List<Field> fields() {
    return fields.values().stream()
        .sorted(Comparator.comparing(Field::name))
        .collect(Collectors.toUnmodifiableList());
  }

  /** The declared field of that name, if there is one. */
  public Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /**
   * Turns what a caller sent into what is stored: String, Long, Double, Boolean, Instant (declared
   * dates only) or a non-empty List of one of them. Nulls are dropped.
   *
   * @param raw as a JSON or CSV reader gives it
   * @param pointer JSON pointer of the metadata object
   * @param errors receives one entry for each field that is refused
   * @return the accepted fields in their order
   */
  public Map<String, Object> check(Map<String, ?> raw, String pointer, List<FieldError> errors) {
    if (raw.size() > limits.maxMetadataFields()) {
      errors.add(
          new FieldError(
              pointer,
              "metadata has "
                  + raw.size()
                  + " fields, the limit is "
                  + limits.maxMetadataFields()
                  + " (limits.max-metadata-fields)"));
      return Map.of();
    }
    Map<String, Object> checked = new LinkedHashMap<>();
    MetadataValues values = new MetadataValues(limits, errors);
    raw.forEach(
        (name, value) -> {
          String at = Pointer.child(pointer, name);
          Optional<String> fault = MetadataNames.fault(name);
          if (fault.isPresent()) {
            errors.add(new FieldError(at, fault.get()));
          } else if (value != null) {
            FieldType type = field(name).map(Field::type).orElse(null);
            values.check(name, type, value, at).ifPresent(v -> checked.put(name, v));
          }
        });
    return checked;
  }
}
