package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Jobs as people read them. */
final class JobText {
  private static final String ROW = "%-26s %-10s %-10s %-20s %s";

  /** What stands above lists. */
  static final String HEAD =
      String.format(ROW, "ID", "KIND", "STATE", "CREATED", "WHAT AND HOW FAR");

  private JobText() {}

  /** One job in a list. */
  static String line(JsonNode job) {
    String far = what(job) + progress(job);
    return String.format(
        ROW,
        job.path("id").asText(),
        job.path("kind").asText(),
        job.path("state").asText(),
        seconds(job.path("created_at").asText()),
        far.startsWith(", ") ? far.substring(2) : far);
  }

  /** How it stands, in one line. */
  static String now(JsonNode job) {
    String what = what(job);
    return job.path("kind").asText()
        + (what.isEmpty() ? "" : " " + what)
        + " is "
        + job.path("state").asText()
        + progress(job)
        + left(job);
  }

  /** Everything, over several lines. */
  static List<String> whole(JsonNode job) {
    List<String> lines = new ArrayList<>();
    lines.add(now(job));
    row(lines, "Id", job.path("id"));
    row(lines, "Reason", job.path("reason"));
    row(lines, "Created", job.path("created_at"));
    row(lines, "Begun", job.path("started_at"));
    row(lines, "Next try", job.path("retry_at"));
    row(lines, "Ended", job.path("finished_at"));
    row(lines, "Worker", job.path("process"));
    row(lines, "Parameters", job.path("parameters"));
    row(lines, "Result", job.path("result"));
    job.path("errors").forEach(error -> row(lines, "Fault", error));
    return lines;
  }

  private static void row(List<String> lines, String name, JsonNode value) {
    if (value.isContainerNode() ? !value.isEmpty() : !value.isMissingNode() && !value.isNull()) {
      String text = value.isTextual() ? value.asText() : value.toString();
      lines.add(String.format("  %-12s%s", name, text));
    }
  }

  private static String what(JsonNode job) {
    JsonNode parameters = job.path("parameters");
    for (String name : List.of("file", "dataset", "space", "model_id")) {
      if (parameters.path(name).isTextual()) {
        return parameters.path(name).asText();
      }
    }
    return "";
  }

  private static String progress(JsonNode job) {
    long gone = gone(job);
    if (gone == 0 && !job.has("total")) {
      return "";
    }
    String of = job.has("total") ? count(gone) + " of " + count(job, "total") : count(gone);
    return ", "
        + (of + " " + job.path("unit").asText("items")).strip()
        + some(job, "skipped", "unchanged")
        + some(job, "failed", "failed");
  }

  private static long gone(JsonNode job) {
    return job.path("done").asLong() + job.path("skipped").asLong() + job.path("failed").asLong();
  }

  private static String some(JsonNode job, String field, String word) {
    return job.path(field).asLong() == 0 ? "" : ", " + count(job, field) + " " + word;
  }

  /** Rate and time left, of a job that somebody works on. */
  private static String left(JsonNode job) {
    if (!job.path("state").asText().equals("running") || job.path("rate").asDouble() <= 0) {
      return "";
    }
    double rate = job.path("rate").asDouble();
    String speed = String.format(Locale.ROOT, ", %.1f/s", rate);
    if (!job.has("total")) {
      return speed;
    }
    long seconds = Math.round((job.path("total").asLong() - gone(job)) / rate);
    return seconds <= 0 ? speed : speed + ", " + time(Duration.ofSeconds(seconds)) + " left";
  }

  private static String time(Duration left) {
    return left.toMinutes() == 0
        ? left.toSeconds() + " s"
        : left.toMinutes() + " min " + left.toSecondsPart() + " s";
  }

  private static String count(JsonNode job, String field) {
    return count(job.path(field).asLong());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A moment without fractions of its second. */
  private static String seconds(String moment) {
    return moment.isEmpty()
        ? ""
        : Instant.ofEpochSecond(Instant.parse(moment).getEpochSecond()) + "";
  }
}
