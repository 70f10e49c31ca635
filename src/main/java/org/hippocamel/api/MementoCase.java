package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;

/**
 * Translates the rows of Memento's banks (github.com/Memento-Teams/Memento): {@code {"question",
 * "plan", "reward"}} of the one that is searched by similarity, {@code {"case", "plan",
 * "case_label"}} of the one that is trained. A plan is a text; where it is a JSON list of subtasks,
 * or an object with one in {@code plan}, they become the steps.
 */
final class MementoCase {
  private static final String EVALUATOR = "memento";

  private final Bound text;

  MementoCase(Limits limits) {
    this.text = new Bound(limits.maxTextChars(), "limits.max-text-chars");
  }

  /** The row as a case of ours; empty where it is none of theirs. */
  Optional<ObjectNode> translated(JsonNode value, List<FieldError> errors) {
    if (value.has("question")) {
      return Optional.of(similarity(JsonObject.of(value, "", errors)));
    }
    return value.has("case")
        ? Optional.of(trained(JsonObject.of(value, "", errors)))
        : Optional.empty();
  }

  private ObjectNode similarity(JsonObject in) {
    String question = in.string("question", true, text);
    JsonNode plan = in.value("plan", true);
    JsonNode reward = in.value("reward", true);
    in.close();
    double number = reward == null ? 0 : reward.isBoolean() ? flag(reward) : reward.asDouble(-1);
    if (reward != null && !(number >= 0 && number <= 1)) {
      in.refuse("reward", "reward must be a number from 0 to 1");
    }
    return made(question, plan, number >= 0.5, number);
  }

  private static double flag(JsonNode reward) {
    return reward.booleanValue() ? 1 : 0;
  }

  private ObjectNode trained(JsonObject in) {
    String problem = in.string("case", true, text);
    JsonNode plan = in.value("plan", true);
    String label = in.choice("case_label", List.of("positive", "negative"));
    if (label == null && in.value("case_label", false) == null) {
      in.refuse("case_label", "case_label is required: positive or negative");
    }
    in.close();
    boolean positive = "positive".equals(label);
    return made(problem, plan, positive, positive ? 1 : 0);
  }

  private static ObjectNode made(String problem, JsonNode plan, boolean success, double reward) {
    ObjectNode made = JsonNodeFactory.instance.objectNode().put("problem", problem);
    made.put("solution", plan == null || plan.isTextual() ? text(plan) : plan.toString());
    List<String> steps = steps(plan);
    if (!steps.isEmpty()) {
      ArrayNode list = made.putArray("steps");
      steps.forEach(list::add);
    }
    made.putObject("outcome")
        .put("status", success ? "success" : "failure")
        .put("reward", reward)
        .put("evaluator", EVALUATOR);
    return made;
  }

  private static String text(JsonNode plan) {
    return plan == null ? null : plan.textValue();
  }

  /** Their descriptions, in order; none where the plan is not such a list. */
  static List<String> steps(JsonNode plan) {
    JsonNode list = plan == null || !plan.isTextual() ? plan : parsed(plan.textValue());
    if (list != null && list.has("plan")) {
      list = list.get("plan");
    }
    List<String> steps = new ArrayList<>();
    if (list == null || !list.isArray()) {
      return steps;
    }
    for (JsonNode task : list) {
      JsonNode description = task.isTextual() ? task : task.path("description");
      if (!description.isTextual() || description.textValue().isBlank()) {
        return List.of();
      }
      steps.add(description.textValue());
    }
    return steps;
  }

  private static JsonNode parsed(String plan) {
    try {
      return Body.parse(plan);
    } catch (Problem plainText) {
      return null;
    }
  }
}
