package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives files to a running Hippocamel. */
@Command(
    name = "ingest",
    header = "Take in files, and say what became of each.",
    description = {
      "Each file is one POST /v1/documents: cut into passages, embedded and stored before the next"
          + " one. The file's path, as it is given, is the name of its source: the same path again"
          + " embeds only what changed. Of a folder everything below it is taken that has a known"
          + " ending; hidden files are not.",
      "Very large files belong into the inbox folder, which takes them line by line.",
      "Exit code 1: of some file something could not be stored."
    },
    footer = {
      "%nExamples:",
      "  ingest docs/ notes.jsonl",
      "  ingest --url http://gpu:8080 faq.csv"
    })
final class IngestVerb extends Verb {
  private static final String KNOWN = "(?i).*\\.(md|markdown|txt|text|jsonl|ndjson|json|csv)";

  @Mixin private Server server;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "files and folders")
  private List<Path> paths;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> files = files();
    RestClient rest = asked(server::rest);
    Progress progress = new Progress(err(), files.size());
    boolean failed = false;
    for (int i = 0; i < files.size(); i++) {
      progress.at(i, files.get(i).toString());
      String name = files.get(i).toString().replace('\\', '/');
      JsonNode reply = rest.post("/v1/documents", name, files.get(i));
      progress.clear();
      failed |= shown(name, reply);
    }
    return failed ? Verbs.UNMET : 0;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> below = Files.walk(path)) {
          below
              .filter(file -> Files.isRegularFile(file) && !hidden(path.relativize(file)))
              .filter(file -> file.getFileName().toString().matches(KNOWN))
              .sorted()
              .forEach(files::add);
        }
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      } else {
        throw wrong(path + " is not there");
      }
    }
    if (files.isEmpty()) {
      throw wrong("no file in " + paths + " has a known ending");
    }
    return files;
  }

  private static boolean hidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private boolean shown(String name, JsonNode reply) {
    out()
        .println(
            "%s: %d passages, %d stored, %d unchanged, %d removed, %d failed"
                .formatted(
                    name,
                    reply.path("passages").asLong(),
                    reply.path("stored").asLong(),
                    reply.path("unchanged").asLong(),
                    reply.path("removed").asLong(),
                    reply.path("failed").asLong()));
    for (JsonNode error : reply.path("errors")) {
      String line = error.has("line") ? " line " + error.get("line").asLong() : "";
      out().println("   " + line + " " + error.path("reason").asText());
    }
    out().flush();
    return reply.path("failed").asLong() > 0;
  }
}
