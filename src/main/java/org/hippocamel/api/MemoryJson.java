package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.memory.MemoryId;

/** A stored row as callers see it: public id, no tenant, no vectors, no bookkeeping. */
final class MemoryJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> PLAIN =
      List.of(
          "kind",
          "agent_id",
          "session_id",
          "seq",
          "text",
          "metadata",
          "occurred_at",
          "created_at",
          "updated_at",
          "expires_at");
  private static final List<String> SOURCE =
      List.of("id", "uri", "title", "heading", "record", "chunk", "chunks");

  private static final List<String> CASE =
      List.of("solution", "steps", "task_type", "tools", "status", "reward");

  private static final List<String> LEDGER =
      List.of("uri", "title", "passages", "failed", "status", "job_id", "created_at", "updated_at");

  private MemoryJson() {}

  static ObjectNode of(Document row) {
    ObjectNode json = JSON.createObjectNode().put("id", MemoryId.id(row.getString("_id")));
    PLAIN.forEach(field -> put(json, field, row.get(field)));
    if (row.get("source") instanceof Document source) {
      ObjectNode shown = json.putObject("source");
      SOURCE.forEach(field -> put(shown, field, source.get(field)));
    }
    if (row.get("case") instanceof Document solved) {
      ObjectNode shown = json.putObject("case");
      CASE.forEach(field -> put(shown, field, solved.get(field)));
    }
    return json;
  }

  /** A row of the ledger of sources. */
  static ObjectNode source(Document row) {
    ObjectNode json = JSON.createObjectNode().put("id", MemoryId.id(row.getString("_id")));
    LEDGER.forEach(field -> put(json, field, row.get(field)));
    return json;
  }

  static void put(ObjectNode json, String field, Object value) {
    if (value != null) {
      json.set(field, node(value));
    }
  }

  private static JsonNode node(Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.createObjectNode();
      map.forEach((name, item) -> object.set(name.toString(), node(item)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.createArrayNode();
      list.forEach(item -> array.add(node(item)));
      return array;
    }
    return value instanceof Date date
        ? JsonNodeFactory.instance.textNode(date.toInstant().toString())
        : JSON.valueToTree(value);
  }
}
