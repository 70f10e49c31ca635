package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hippocamel.cases.CaseForm;
import org.hippocamel.cases.LogEntry;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.memory.Solved;
import org.hippocamel.problem.Pointer;

/** Reads the fields of a case, of a request's body or of a file's line. Thread-safe. */
final class CaseFields {
  private static final Bound STEPS = Bound.fixed(200);
  private static final Bound STEP = Bound.fixed(4_000);
  static final Bound TOOLS = Bound.fixed(64);

  private final MetadataSchema schema;
  private final OutcomeFields outcomes;
  private final Bound ids;
  private final Bound text;

  CaseFields(Limits limits, MetadataSchema schema) {
    this.schema = schema;
    this.outcomes = new OutcomeFields(limits);
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
  }

  /**
   * A case as a request sends it: with at most one outcome, or made of an interaction.
   *
   * @param trusted whether the sender may say what worked
   */
  CaseForm sent(JsonObject in, String tenant, boolean trusted) {
    in.forbid("tenant", "the tenant comes from the API key");
    String from = in.id("from", false, ids);
    return form(in, tenant, from, outcomes.outcome(in, tenant), trusted);
  }

  /** A case as an export has it: with its history. */
  CaseForm exported(JsonObject in, String tenant) {
    return form(in, tenant, null, outcomes.outcomes(in, tenant), true);
  }

  private CaseForm form(
      JsonObject in, String tenant, String from, List<LogEntry> history, boolean trusted) {
    String id = in.id("id", false, ids);
    String agentId = in.id("agent_id", false, ids);
    String sessionId = in.id("session_id", false, ids);
    String problem = in.string("problem", from == null, text);
    String solution = in.string("solution", from == null, text);
    List<Solved.Step> steps = steps(in);
    String taskType = in.id("task_type", false, ids);
    List<String> tools = tools(in, steps);
    Map<String, Object> metadata =
        schema.check(in.object("metadata"), in.at("metadata"), in.errors());
    Instant occurredAt = in.instant("occurred_at");
    Instant expiresAt = in.instant("expires_at");
    in.finish();
    return new CaseForm(
        tenant,
        id,
        agentId,
        sessionId,
        problem,
        solution,
        steps,
        taskType,
        tools,
        metadata,
        occurredAt,
        expiresAt,
        from,
        history,
        trusted);
  }

  private List<Solved.Step> steps(JsonObject in) {
    JsonNode value = in.value("steps", false);
    List<Solved.Step> steps = new ArrayList<>();
    if (value == null) {
      return steps;
    }
    if (!value.isArray() || value.size() > STEPS.max()) {
      in.refuse("steps", "steps must be a list of at most " + STEPS + " steps");
      return steps;
    }
    for (int i = 0; i < value.size(); i++) {
      steps.add(step(in, value.get(i), Pointer.child(in.at("steps"), i)));
    }
    return steps;
  }

  /** A text, or an object with what it was done with and what came of it. */
  private Solved.Step step(JsonObject in, JsonNode value, String at) {
    JsonNode object =
        value.isTextual()
            ? JsonNodeFactory.instance.objectNode().put("text", value.textValue())
            : value;
    JsonObject step = JsonObject.of(object, at, in.errors());
    String done = step.string("text", true, STEP);
    String tool = step.id("tool", false, ids);
    String result = step.string("result", false, STEP);
    step.close();
    return new Solved.Step(done, tool, result);
  }

  /** Those that are named, and those of the steps. */
  private List<String> tools(JsonObject in, List<Solved.Step> steps) {
    return Stream.concat(
            in.ids("tools", TOOLS, ids).stream(),
            steps.stream().map(Solved.Step::tool).filter(tool -> tool != null))
        .distinct()
        .sorted()
        .toList();
  }
}
