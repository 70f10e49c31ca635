package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.cases.Part;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.MemoryId;
import org.hippocamel.problem.Pointer;

/** Reads what came of a case. Thread-safe. */
final class OutcomeFields {
  private static final Bound NOTE = Bound.fixed(2_000);
  private static final Bound OUTCOMES = Bound.fixed(1_000);
  private static final List<String> STATUSES = List.of("success", "failure");
  private static final List<String> PARTS = Stream.of(Part.values()).map(Part::word).toList();

  private final Bound ids;

  OutcomeFields(Limits limits) {
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
  }

  /** A verdict, of a case that is not named yet; faults go to the object's errors. */
  LogEntry verdict(JsonObject in, String tenant) {
    return entry(in, tenant, Part.VERDICT, 1, null);
  }

  /** Any entry, as an export has it: with its part, its weight and its time. */
  private LogEntry exported(JsonObject in, String tenant) {
    String part = in.choice("part", PARTS);
    Double weight = in.decimal("weight", 0, 1);
    Instant at = in.instant("at");
    return entry(
        in, tenant, part == null ? Part.VERDICT : Part.of(part), weight == null ? 1 : weight, at);
  }

  private LogEntry entry(JsonObject in, String tenant, Part part, double weight, Instant at) {
    String status = in.choice("status", STATUSES);
    Double reward = in.decimal("reward", 0, 1);
    String id = in.id("id", false, ids);
    String supersedes = in.id("supersedes", false, ids);
    String evaluator = in.id("evaluator", false, ids);
    String note = in.string("note", false, NOTE);
    String runId = in.id("run_id", false, ids);
    boolean verdict = part == Part.VERDICT;
    if (verdict && status == null && in.value("status", false) == null) {
      in.refuse("status", "status is required: success or failure");
    }
    if (!verdict && reward == null && in.value("reward", false) == null) {
      in.refuse("reward", "reward is required");
    }
    if (weight == 0 && supersedes == null) {
      in.refuse("weight", "weight 0 takes back what supersedes names, which is missing");
    }
    in.close();
    boolean success = "success".equals(status);
    return new LogEntry(
        id == null ? null : MemoryId.key(tenant, id),
        null,
        part,
        verdict ? success : null,
        reward == null ? (success ? 1 : 0) : reward,
        supersedes == null && weight == 0 ? 1 : weight,
        evaluator,
        note,
        runId,
        at,
        supersedes == null ? null : MemoryId.key(tenant, supersedes),
        null,
        null);
  }

  /** The verdict in a field of a case, if there is one. */
  List<LogEntry> outcome(JsonObject in, String tenant) {
    JsonNode value = in.value("outcome", false);
    return value == null
        ? List.of()
        : List.of(verdict(JsonObject.of(value, in.at("outcome"), in.errors()), tenant));
  }

  /** The history in a field of a line. */
  List<LogEntry> outcomes(JsonObject in, String tenant) {
    JsonNode value = in.value("outcomes", false);
    List<LogEntry> entries = new ArrayList<>(outcome(in, tenant));
    if (value == null) {
      return entries;
    }
    if (!value.isArray() || value.size() > OUTCOMES.max()) {
      in.refuse("outcomes", "outcomes must be a list of at most " + OUTCOMES + " outcomes");
      return entries;
    }
    for (int i = 0; i < value.size(); i++) {
      String at = Pointer.child(in.at("outcomes"), i);
      entries.add(exported(JsonObject.of(value.get(i), at, in.errors()), tenant));
    }
    return entries;
  }
}
