package org.hippocamel.memory;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * What a case has beside its problem. It is searched by words and never embedded.
 *
 * @param solution what was done about the problem
 * @param steps the same step by step; may be empty
 * @param taskType what sort of task it was, or null
 * @param tools what the solution cannot be carried out without; may be empty
 */
public record Solved(String solution, List<Step> steps, String taskType, List<String> tools) {
  public Solved {
    steps = List.copyOf(steps);
    tools = List.copyOf(tools);
  }

  /**
   * One step.
   *
   * @param text what was done
   * @param tool with which tool, or null
   * @param result what came of it, or null
   */
  public record Step(String text, String tool, String result) {
    Document toDocument() {
      Document document = new Document("text", text);
      if (tool != null) {
        document.append("tool", tool);
      }
      return result == null ? document : document.append("result", result);
    }

    static Step from(Document document) {
      return new Step(
          document.getString("text"), document.getString("tool"), document.getString("result"));
    }
  }

  /** The fields of {@code case} that a writer chooses; those without a value are null. */
  Document toDocument() {
    return new Document("solution", solution)
        .append("steps", steps.isEmpty() ? null : steps.stream().map(Step::toDocument).toList())
        .append("task_type", taskType)
        .append("tools", tools.isEmpty() ? null : new ArrayList<>(tools));
  }

  /** As it is stored in {@code case}. */
  public static Solved from(Document stored) {
    return new Solved(
        stored.getString("solution"),
        stored.getList("steps", Document.class, List.of()).stream().map(Step::from).toList(),
        stored.getString("task_type"),
        stored.getList("tools", String.class, List.of()));
  }
}
