package org.hippocamel.recall;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hippocamel.memory.CaseStatus;
import org.hippocamel.memory.FieldType;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MetadataSchema;

/** The allow-list of filters: the built-in fields and the declared metadata. Immutable. */
public final class FilterFields {
  /** A field that every memory has and that no caller may choose. */
  public static final String TENANT = "tenant";

  /** The memory itself: by it recall asks for the other score of what one search found. */
  static final String ID = "_id";

  /** Paths of what is known of a case's solution: its status and its mean reward. */
  public static final String CASE_STATUS = "case.status";

  public static final String CASE_REWARD = "case.reward";

  private static final List<Field> BUILT_IN =
      List.of(
          field("agent_id", "agent_id", FieldType.STRING),
          field("session_id", "session_id", FieldType.STRING),
          new Field(
              "kind", "kind", FieldType.STRING, Stream.of(Kind.values()).map(Kind::word).toList()),
          field("source_id", "source.id", FieldType.STRING),
          field("occurred_at", "occurred_at", FieldType.DATE),
          field("created_at", "created_at", FieldType.DATE),
          field("updated_at", "updated_at", FieldType.DATE),
          new Field(
              "case_status",
              CASE_STATUS,
              FieldType.STRING,
              Stream.of(CaseStatus.values()).map(CaseStatus::word).toList()),
          field("case_reward", CASE_REWARD, FieldType.NUMBER),
          field("task_type", "case.task_type", FieldType.STRING),
          field("tools", "case.tools", FieldType.STRING));

  private final Map<String, Field> fields = new LinkedHashMap<>();

  /**
   * A field that filters may name.
   *
   * @param name as callers write it: {@code topic}, {@code source_id}
   * @param path where it is stored and indexed: {@code metadata.topic}, {@code source.id}
   * @param words the only values it has, empty when it may have any
   */
  public record Field(String name, String path, FieldType type, List<String> words) {}

  private FilterFields() {}

  /** The built-in fields and those of a schema. */
  public static FilterFields of(MetadataSchema schema) {
    FilterFields all = new FilterFields();
    BUILT_IN.forEach(field -> all.fields.put(field.name(), field));
    schema.fields().forEach(f -> all.fields.put(f.name(), field(f.name(), f.path(), f.type())));
    return all;
  }

  private static Field field(String name, String path, FieldType type) {
    return new Field(name, path, type, List.of());
  }

  /** The field of that name, if filters may use it. */
  public Optional<Field> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  /** The names that filters may use, built-in ones first. */
  public Collection<String> names() {
    return List.copyOf(fields.keySet());
  }

  /**
   * Every field that search indexes must declare ({@code filter} in the vector index; {@code
   * token}, {@code number}, {@code boolean} or {@code date} in the lexical one), the tenant and the
   * id first.
   */
  public List<Field> indexed() {
    List<Field> indexed = new ArrayList<>();
    indexed.add(field(TENANT, TENANT, FieldType.STRING));
    indexed.add(field(ID, ID, FieldType.STRING));
    indexed.addAll(fields.values());
    return List.copyOf(indexed);
  }
}
