package org.hippocamel.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fields of a record, with the names other tools give them. */
enum RecordField {
  ID("id", "_id"), // _id: BEIR data sets
  TEXT("text", "content", "page_content", "pageContent"), // Spring AI, LangChain
  TITLE("title"),
  METADATA("metadata"),
  SOURCE("source"),
  AGENT_ID("agent_id"),
  SESSION_ID("session_id"),
  OCCURRED_AT("occurred_at");

  private final List<String> names;

  RecordField(String... names) {
    this.names = List.of(names);
  }

  /** The name in our own documents. */
  String word() {
    return names.get(0);
  }

  static Optional<RecordField> named(String name) {
    return Arrays.stream(values()).filter(field -> field.names.contains(name)).findFirst();
  }

  /** Why a name must not appear at all, or empty when it is merely not one of ours. */
  static Optional<String> forbidden(String name) {
    return switch (name) {
      case "tenant" ->
          Optional.of("field \"tenant\" is refused: the tenant comes from the API key");
      case "embedding", "vector" ->
          Optional.of("field \"" + name + "\" is refused: vectors come from the embedder");
      case "op" -> Optional.of("field \"op\" is refused: a file only stores; delete over REST");
      default -> Optional.empty();
    };
  }

  /** The refusal of a field in a JSON record. */
  static String refusal(String name) {
    return forbidden(name)
        .orElse(
            "field \""
                + Shortened.of(name)
                + "\" is not known; put it into \"metadata\" or use one"
                + " of "
                + String.join(", ", Arrays.stream(values()).map(RecordField::word).toList()));
  }
}
