package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.cases.Evidence;
import org.hippocamel.cases.ExportPage;
import org.hippocamel.cases.Judging;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.cases.Part;
import org.hippocamel.cases.Shown;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.memory.Solved;

/** Cases and their histories as callers see them. */
final class CaseJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double HALF = 0.5;

  /** Entries on a line; an import takes lines of 1,000, and a line is no longer than its bytes. */
  private static final int LINE = 250;

  private final Judging judging;

  CaseJson(Judging judging) {
    this.judging = judging;
  }

  /** A stored case: public id, problem, solution, and what both come with. */
  static ObjectNode of(Document row) {
    Document stored = row.get("case", Document.class);
    Solved solved = Solved.from(stored);
    ObjectNode json =
        JSON.createObjectNode()
            .put("id", MemoryId.id(row.getString("_id")))
            .put("problem", row.getString("text"))
            .put("solution", solved.solution());
    if (!solved.steps().isEmpty()) {
      ArrayNode steps = json.putArray("steps");
      solved.steps().forEach(step -> steps.add(step(step)));
    }
    put(json, "task_type", solved.taskType());
    if (!solved.tools().isEmpty()) {
      solved.tools().forEach(json.putArray("tools")::add);
    }
    ObjectNode memory = MemoryJson.of(row);
    for (String field : List.of("agent_id", "session_id", "metadata", "occurred_at")) {
      JsonNode value = memory.get(field);
      if (value != null && !(value.isObject() && value.isEmpty())) {
        json.set(field, value);
      }
    }
    return json;
  }

  private static ObjectNode step(Solved.Step step) {
    ObjectNode json = JSON.createObjectNode().put("text", step.text());
    put(json, "tool", step.tool());
    put(json, "result", step.result());
    return json;
  }

  /** What is known of a case now. */
  ObjectNode known(Evidence evidence) {
    ObjectNode json = JSON.createObjectNode().put("value", judging.value(evidence));
    if (evidence.reward() != null) {
      json.put("reward", evidence.reward());
    }
    return json.put("uses", evidence.uses())
        .put("wins", evidence.wins())
        .put("warnings", evidence.warnings())
        .put("entries", evidence.rows());
  }

  /** An entry of the log. */
  static ObjectNode entry(LogEntry entry) {
    ObjectNode json =
        JSON.createObjectNode().put("id", entry.publicId()).put("part", entry.part().word());
    if (entry.part() == Part.VERDICT) {
      json.put("status", entry.success() ? "success" : "failure");
    }
    json.put("reward", entry.reward());
    if (entry.part() != Part.VERDICT) {
      json.put("weight", entry.weight());
    }
    put(json, "evaluator", entry.evaluator());
    put(json, "note", entry.note());
    put(json, "run_id", entry.runId());
    json.put("at", entry.at().toString());
    put(json, "supersedes", entry.supersedes() == null ? null : MemoryId.id(entry.supersedes()));
    put(json, "copy_of", entry.copyOf() == null ? null : MemoryId.id(entry.copyOf()));
    return json;
  }

  static ObjectNode entry(LogEntry entry, Set<String> superseded) {
    ObjectNode json = entry(entry);
    return superseded.contains(entry.id()) ? json.put("superseded", true) : json;
  }

  /** A search in which a case was shown. */
  static ObjectNode shown(Shown search, String caseKey) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("run_id", search.runId())
            .put("at", search.at().toString())
            .put("problem", search.problem())
            .put("ranking", search.ranking().word());
    int rank = 0;
    for (Shown.Item item : search.cases()) {
      rank++;
      if (item.caseKey().equals(caseKey)) {
        json.put("as", item.positive() ? "positive" : "negative")
            .put("rank", rank)
            .put("score", item.score());
      }
    }
    return search.reward() == null ? json : json.put("reward", search.reward());
  }

  /** Whether anybody said how it went; Memento's formats have no word for the others. */
  static boolean judged(ExportPage.Entry entry) {
    return Judging.evidence(entry.row()).reward() != null;
  }

  /** The lines of a case in an export: one, unless its history is longer than a line may be. */
  static List<ObjectNode> exported(ExportPage.Entry entry, ExportPage.Format format) {
    if (format != ExportPage.Format.JSONL) {
      return List.of(memento(entry, format));
    }
    List<ObjectNode> lines = new ArrayList<>();
    for (int from = 0; from == 0 || from < entry.log().size(); from += LINE) {
      ObjectNode json = of(entry.row());
      if (entry.row().get("expires_at") instanceof Date date) {
        json.put("expires_at", date.toInstant().toString());
      }
      ArrayNode outcomes = json.putArray("outcomes");
      entry
          .log()
          .subList(from, Math.min(entry.log().size(), from + LINE))
          .forEach(one -> outcomes.add(imported(one)));
      lines.add(json);
    }
    return lines;
  }

  private static ObjectNode memento(ExportPage.Entry entry, ExportPage.Format format) {
    ObjectNode json = of(entry.row());
    return switch (format) {
      case JSONL -> throw new IllegalArgumentException("not one of Memento's formats");
      case MEMENTO ->
          JSON.createObjectNode()
              .put("question", json.get("problem").textValue())
              .put("plan", json.get("solution").textValue())
              .put("reward", reward(entry.row()) >= HALF ? 1 : 0);
      case MEMENTO_LABELLED ->
          JSON.createObjectNode()
              .put("case", json.get("problem").textValue())
              .put("plan", json.get("solution").textValue())
              .put("case_label", reward(entry.row()) >= HALF ? "positive" : "negative");
    };
  }

  /** An entry as an import reads it: what it is a copy of belongs to another bank. */
  private static ObjectNode imported(LogEntry entry) {
    ObjectNode json = entry(entry);
    json.remove("copy_of");
    return json;
  }

  private static double reward(Document row) {
    return Judging.evidence(row).reward();
  }

  private static void put(ObjectNode json, String field, String value) {
    if (value != null) {
      json.put(field, value);
    }
  }
}
