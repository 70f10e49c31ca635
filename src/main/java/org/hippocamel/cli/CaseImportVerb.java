package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes in many cases. */
@Command(
    name = "import",
    header = "Take in many cases with their histories, one a line.",
    description = {
      "Needs a key of role admin where there are keys. Lines are those of cases export, or of"
          + " Memento's banks: {\"question\", \"plan\", \"reward\"} and {\"case\", \"plan\","
          + " \"case_label\"}. A faulty line is named and the others are stored; the same file may"
          + " be taken in again. The inbox takes a file *.cases.jsonl in the same way.",
      "Exit code 1: some line could not be stored."
    },
    footer = {"%nExample:", "  cases import bank.jsonl"})
final class CaseImportVerb extends Verb {
  /** Below http.max-body-bytes by far, and often enough for progress to be seen. */
  private static final int BYTES = 4_000_000;

  private static final int LINES = 500;

  @Mixin private Server server;

  @Parameters(paramLabel = "FILE", description = "one case a line, in UTF-8")
  private Path file;

  private long stored;
  private long updated;
  private long unchanged;
  private long failed;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw wrong(file + " is not there");
    }
    RestClient rest = asked(server::rest);
    long lines;
    try (Stream<String> all = Files.lines(file)) {
      lines = all.count();
    }
    ProgressLines progress = new ProgressLines(err(), terminal(), Clock.systemUTC());
    if (lines > LINES) {
      progress.begin("cases", lines);
    }
    send(rest, lines > LINES ? progress : null);
    progress.end();
    out()
        .println(
            "%s: %d stored, %d updated, %d unchanged, %d failed"
                .formatted(file, stored, updated, unchanged, failed));
    out().flush();
    return failed == 0 ? 0 : Verbs.UNMET;
  }

  private void send(RestClient rest, ProgressLines progress)
      throws IOException, InterruptedException {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      ByteArrayOutputStream slice = new ByteArrayOutputStream();
      long before = 0;
      int lines = 0;
      String line = reader.readLine();
      while (line != null) {
        slice.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
        lines++;
        line = reader.readLine();
        if (line == null || lines == LINES || slice.size() > BYTES) {
          take(rest.postLines("/v1/cases/import", slice.toByteArray()), before);
          if (progress != null) {
            progress.did(lines);
          }
          before += lines;
          lines = 0;
          slice.reset();
        }
      }
    }
  }

  /**
   * @param before lines of the file before those of this reply
   */
  private void take(JsonNode reply, long before) {
    stored += reply.path("stored").asLong();
    updated += reply.path("updated").asLong();
    unchanged += reply.path("unchanged").asLong();
    failed += reply.path("failed").asLong();
    for (JsonNode error : reply.path("errors")) {
      String line = error.has("line") ? "line " + (before + error.get("line").asLong()) + ": " : "";
      out().println(line + error.path("reason").asText());
    }
  }
}
