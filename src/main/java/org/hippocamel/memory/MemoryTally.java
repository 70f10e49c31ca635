package org.hippocamel.memory;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** How many memories a tenant has, kind by kind. */
public final class MemoryTally {

  /** Pipeline: a row for each kind that a tenant has any of. */
  public List<Bson> pipeline(String tenant) {
    return List.of(
        new Document("$match", new Document("tenant", tenant)),
        new Document(
            "$group", new Document("_id", "$kind").append("memories", new Document("$sum", 1))));
  }

  /** The numbers in the rows of {@link #pipeline}; 0 for a kind without a row. */
  public Map<Kind, Long> byKind(List<Document> rows) {
    Map<Kind, Long> memories = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      memories.put(kind, 0L);
    }
    for (Document row : rows) {
      Kind kind = Kind.valueOf(row.getString("_id").toUpperCase(java.util.Locale.ROOT));
      memories.put(kind, row.get("memories", Number.class).longValue());
    }
    return memories;
  }
}
