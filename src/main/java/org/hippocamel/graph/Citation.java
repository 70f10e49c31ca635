package org.hippocamel.graph;

import java.util.Date;
import org.bson.Document;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.Solved;

/**
 * A memory as it stands in the assembled text: {@code [2]}, where it comes from, and what it says.
 *
 * @param number from 1
 * @param candidate the memory
 * @param label {@code [2] Order service runbook > Payments (handbook/orders.md)}
 * @param text its text, of a case its solution too; or the beginning of that
 * @param tokens of both
 * @param cut whether the text ends before its end
 */
public record Citation(
    int number, Candidate candidate, String label, String text, int tokens, boolean cut) {

  static Citation of(int number, Candidate candidate) {
    return new Citation(
        number,
        candidate,
        "[" + number + "] " + label(candidate.row()),
        text(candidate.row()),
        0,
        false);
  }

  /** Of a case what was done about the problem as well, which is what it is good for. */
  private static String text(Document row) {
    String text = row.getString("text");
    if (!isCase(row)) {
      return text;
    }
    Solved solved = Solved.from(row.get("case", Document.class));
    StringBuilder all = new StringBuilder(text).append("\nSolution: ").append(solved.solution());
    int number = 0;
    for (Solved.Step step : solved.steps()) {
      number++;
      all.append('\n').append(number).append(". ").append(step.text());
    }
    return all.toString();
  }

  private static boolean isCase(Document row) {
    return Kind.CASE.word().equals(row.getString("kind")) && row.containsKey("case");
  }

  private static String label(Document row) {
    return row.get("source") instanceof Document source ? passage(source) : said(row);
  }

  /** A heading path that begins with the title says it already. */
  private static String passage(Document source) {
    String uri = source.getString("uri");
    String title = source.getString("title");
    String heading = source.getString("heading");
    if (title == null && heading == null) {
      return uri;
    }
    boolean said = title == null || heading != null && heading.startsWith(title);
    String path = heading == null ? title : said ? heading : title + " > " + heading;
    return path + " (" + uri + ")";
  }

  private static String said(Document row) {
    String label = row.getString("kind");
    if (row.getString("agent_id") != null) {
      label += " of " + row.getString("agent_id");
    }
    if (row.get("occurred_at") instanceof Date date) {
      label += ", " + date.toInstant().toString().substring(0, 10);
    }
    return isCase(row) ? label + ", " + row.get("case", Document.class).getString("status") : label;
  }

  Citation counted(int count) {
    return new Citation(number, candidate, label, text, count, cut);
  }

  Citation cutTo(String beginning, int count) {
    return new Citation(number, candidate, label, beginning, count, true);
  }

  /** As it stands in the assembled text. */
  String block() {
    return label + "\n" + text;
  }
}
