package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cases as people read them. */
final class CaseText {
  private static final int SHOWN = 400;

  private CaseText() {}

  /**
   * A case that a search found.
   *
   * @param full whole texts, not their beginnings
   */
  static List<String> hit(int rank, String how, JsonNode hit, boolean full) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d.  %.3f  %s, %s, id %s",
            rank,
            hit.path("score").asDouble(),
            how,
            worth(hit),
            hit.path("id").asText()));
    block(lines, "Problem", hit.path("problem"), full);
    block(lines, "Solution", hit.path("solution"), full);
    return lines;
  }

  /** Everything about one. */
  static List<String> whole(JsonNode found) {
    List<String> lines = new ArrayList<>();
    lines.add(state(found));
    block(lines, "Problem", found.path("problem"), true);
    block(lines, "Solution", found.path("solution"), true);
    int number = 0;
    for (JsonNode step : found.path("steps")) {
      String text = step.isTextual() ? step.asText() : step.path("text").asText();
      lines.add("    " + ++number + ". " + text + in(" with ", step.path("tool")));
    }
    block(lines, "Task type", found.path("task_type"), true);
    block(lines, "Merged into", found.path("merged_into"), true);
    found.path("history").forEach(entry -> lines.add(entry(entry)));
    found.path("shown").forEach(shown -> lines.add(shown(shown)));
    return lines;
  }

  /** What is known of its solution. */
  static String state(JsonNode state) {
    return "case "
        + state.path("id").asText()
        + " is "
        + state.path("case_status").asText()
        + ": "
        + worth(state);
  }

  private static String worth(JsonNode state) {
    return String.format(
        Locale.ROOT,
        "value %.3f, %s, %s",
        state.path("value").asDouble(),
        counted(state.path("uses"), "use"),
        counted(state.path("wins"), "win"));
  }

  private static String entry(JsonNode entry) {
    return "    "
        + entry.path("at").asText()
        + " "
        + entry.path("part").asText()
        + in(" ", entry.path("status"))
        + ", reward "
        + number(entry.path("reward"))
        + in(", run ", entry.path("run_id"))
        + in(", by ", entry.path("evaluator"))
        + in(": ", entry.path("note"))
        + (entry.has("superseded") ? " (superseded)" : "")
        + in(", id ", entry.path("id"));
  }

  private static String shown(JsonNode shown) {
    return "    "
        + shown.path("at").asText()
        + " shown to run "
        + shown.path("run_id").asText()
        + in(" as ", shown.path("as"))
        + in(", rank ", shown.path("rank"))
        + in(": ", shown.path("problem"));
  }

  private static String in(String before, JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.isMissingNode()
        ? before + value.asText()
        : "";
  }

  private static void block(List<String> lines, String name, JsonNode value, boolean full) {
    if (value.isTextual()) {
      String text = value.asText().strip();
      String some = full || text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
      lines.add(String.format("    %-10s%s", name, some.replace("\n", "\n              ")));
    }
  }

  private static String counted(JsonNode value, String word) {
    String number = number(value);
    return number + " " + word + (number.equals("1") ? "" : "s");
  }

  private static String number(JsonNode value) {
    return String.format(Locale.ROOT, "%.3f", value.asDouble()).replaceFirst("\\.?0+$", "");
  }
}
