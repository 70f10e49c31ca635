package org.hippocamel.ingest;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Ids;
import org.hippocamel.memory.IsoDate;

/**
 * Gathers the fields of one record and keeps the first reason to refuse it. Reading goes on after a
 * fault, so that the next record is found.
 */
final class RecordFields {
  private static final Set<RecordField> IDS =
      EnumSet.of(RecordField.ID, RecordField.AGENT_ID, RecordField.SESSION_ID);

  private final Limits limits;
  private final Map<RecordField, String> strings = new EnumMap<>(RecordField.class);
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private String fault;

  RecordFields(Limits limits) {
    this.limits = limits;
  }

  void refuse(String reason) {
    fault = fault == null ? reason : fault;
  }

  /** A field that holds a string; {@code name} is the one the record used. */
  void put(RecordField field, String name, String value) {
    int limit = limit(field);
    if (value.length() > limit) {
      refuse(tooLong("\"" + name + "\"", value.length(), limit, key(field)));
    } else if (broken(value)) {
      refuse("\"" + name + "\" is not Unicode: it holds half a surrogate pair");
    } else if (IDS.contains(field) && Ids.fault(value).isPresent()) {
      refuse("\"" + name + "\" " + Ids.fault(value).get());
    } else if (strings.putIfAbsent(field, value) != null) {
      refuse("\"" + field.word() + "\" is given twice (the second time as \"" + name + "\")");
    }
  }

  /** A metadata field; {@code value} is String, Long, Double, Boolean or a List of one of them. */
  void putMetadata(String name, Object value) {
    String what = "metadata field \"" + Shortened.of(name) + "\"";
    if (name.isBlank()
        || name.startsWith("$")
        || name.indexOf('.') >= 0
        || name.indexOf('\0') >= 0) {
      refuse(what + " has a bad name: it must not be empty, begin with $ or contain a dot");
    } else if (metadata.size() >= limits.maxMetadataFields()) {
      refuse(
          "metadata has over "
              + limits.maxMetadataFields()
              + " fields"
              + " (limits.max-metadata-fields)");
    } else if (value instanceof String text && text.length() > limits.maxMetadataChars()) {
      refuse(tooLong(what, text.length(), limits.maxMetadataChars(), "limits.max-metadata-chars"));
    } else if (value instanceof String text && broken(text)) {
      refuse(what + " is not Unicode: it holds half a surrogate pair");
    } else if (metadata.putIfAbsent(name, value) != null) {
      refuse(what + " is given twice");
    }
  }

  /** The record, or the reason why it is none. */
  Entry entry(long record, Integer line, DocumentFormat format) {
    String text = strings.getOrDefault(RecordField.TEXT, "");
    if (fault == null && text.isBlank()) {
      refuse(strings.containsKey(RecordField.TEXT) ? "\"text\" is blank" : "\"text\" is missing");
    }
    Instant occurredAt = occurredAt();
    if (strings.containsKey(RecordField.SOURCE) && !metadata.containsKey("source")) {
      putMetadata("source", strings.get(RecordField.SOURCE));
    }
    if (fault != null) {
      return new Rejected(record, line, fault);
    }
    return new SourceRecord(
        record,
        line,
        id(RecordField.ID),
        filled(RecordField.TITLE),
        text,
        id(RecordField.AGENT_ID),
        id(RecordField.SESSION_ID),
        metadata,
        occurredAt,
        format);
  }

  private String filled(RecordField field) {
    String value = strings.get(field);
    return value == null || value.isBlank() ? null : value;
  }

  private String id(RecordField field) {
    String value = filled(field);
    return value == null ? null : value.strip();
  }

  private Instant occurredAt() {
    String text = filled(RecordField.OCCURRED_AT);
    if (text == null) {
      return null;
    }
    Optional<Instant> date = IsoDate.parse(text);
    if (date.isEmpty()) {
      refuse("\"occurred_at\" is \"" + Shortened.of(text) + "\"; " + IsoDate.HINT);
    }
    return date.orElse(null);
  }

  private int limit(RecordField field) {
    return switch (field) {
      case TEXT -> limits.maxTextChars();
      case TITLE, SOURCE, METADATA, OCCURRED_AT -> limits.maxMetadataChars();
      case ID, AGENT_ID, SESSION_ID -> limits.maxIdChars();
    };
  }

  private static String key(RecordField field) {
    return switch (field) {
      case TEXT -> "limits.max-text-chars";
      case TITLE, SOURCE, METADATA, OCCURRED_AT -> "limits.max-metadata-chars";
      case ID, AGENT_ID, SESSION_ID -> "limits.max-id-chars";
    };
  }

  private static String tooLong(String what, int length, int limit, String key) {
    return what + " has " + length + " characters, the limit is " + limit + " (" + key + ")";
  }

  private static boolean broken(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }
}
