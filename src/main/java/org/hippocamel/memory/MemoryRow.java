package org.hippocamel.memory;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * A write as an upsert of one row. The vectors of all spaces are written at once, and those that
 * the new text has none of go: they would belong to the old text.
 */
final class MemoryRow {
  private final Write write;
  private final Document set = new Document();
  private final Document unset = new Document();

  private MemoryRow(Write write) {
    this.write = write;
  }

  static UpdateOneModel<Document> upsert(String tenant, Write write, Instant now) {
    if (write.unchanged()) {
      return ofNewVersion(write);
    }
    MemoryRow row = new MemoryRow(write);
    row.fill(tenant, now);
    Document vectors = new Document();
    Document cut = new Document();
    write
        .vectors()
        .forEach(
            (space, placed) -> {
              vectors.append(space, placed.vector());
              if (placed.truncated()) {
                cut.append(space, true);
              }
            });
    row.set.append("vectors", vectors);
    // A text that another model refused may be another text now.
    row.put("refused", null);
    row.put("truncated", cut.isEmpty() ? null : cut);
    return row.model(now);
  }

  /** The same passage in a new version of its source, as long as it is the same: no upsert. */
  private static UpdateOneModel<Document> ofNewVersion(Write write) {
    return new UpdateOneModel<>(
        new Document("_id", write.key()).append("hash", write.hash()),
        new Document("$set", new Document("source.version", write.draft().source().version())));
  }

  private void fill(String tenant, Instant now) {
    Draft draft = write.draft();
    set.append("tenant", tenant).append("kind", draft.kind().word());
    put("agent_id", draft.agentId());
    put("session_id", draft.sessionId());
    set.append("text", draft.text()).append("metadata", metadata(draft.metadata()));
    if (draft.occurredAt() != null) {
      set.append("occurred_at", Date.from(draft.occurredAt()));
    }
    put("expires_at", draft.expiresAt() == null ? null : Date.from(draft.expiresAt()));
    put("source", source(draft.source()));
    if (draft.solved() != null) {
      draft.solved().toDocument().forEach((field, value) -> put("case." + field, value));
    }
    put("seq", draft.seq());
    set.append("keys", write.keys())
        .append("hash", write.hash())
        .append("digest", write.digest())
        .append("updated_at", Date.from(now));
  }

  private void put(String field, Object value) {
    if (value == null) {
      unset.append(field, "");
    } else {
      set.append(field, value);
    }
  }

  private UpdateOneModel<Document> model(Instant now) {
    Document onInsert = new Document("created_at", Date.from(now));
    if (write.draft().occurredAt() == null) {
      onInsert.append("occurred_at", Date.from(now));
    }
    if (write.draft().solved() != null) {
      // What is derived from its outcomes begins here and is never written by a draft again.
      onInsert
          .append("case.status", CaseStatus.PENDING.word())
          .append("case.stats", new Document("rows", 0));
    }
    Document update = new Document("$set", set).append("$setOnInsert", onInsert);
    if (!unset.isEmpty()) {
      update.append("$unset", unset);
    }
    return new UpdateOneModel<>(
        new Document("_id", write.key()), update, new UpdateOptions().upsert(true));
  }

  static Document metadata(Map<String, Object> metadata) {
    Document document = new Document();
    new java.util.TreeMap<>(metadata).forEach((name, value) -> document.append(name, bson(value)));
    return document;
  }

  static Object bson(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(MemoryRow::bson).toList();
    }
    return value instanceof Instant instant ? Date.from(instant) : value;
  }

  private static Document source(Source source) {
    if (source == null) {
      return null;
    }
    Document document = new Document("id", source.id()).append("uri", source.uri());
    if (source.title() != null) {
      document.append("title", source.title());
    }
    if (source.heading() != null) {
      document.append("heading", source.heading());
    }
    return document
        .append("version", source.version())
        .append("record", source.record())
        .append("chunk", source.chunk())
        .append("chunks", source.chunks());
  }
}
