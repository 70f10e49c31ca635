package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores a case. */
@Command(
    name = "add",
    header = "Store a case: a problem and what was done about it.",
    description = {
      "Needs --problem and --solution; with --from one of them. The same case again changes nothing"
          + " of what came of it. Searches show it once an outcome says how it went. Many cases at once: cases"
          + " import."
    },
    footer = {
      "%nExample:",
      "  cases add --agent billing-bot --problem \"A refund above 500 euros is not paid out.\" \\",
      "    --solution \"Ask the shop owner for the second approval.\" --outcome success"
    })
final class CaseAddVerb extends Verb {
  @Mixin private Server server;

  @Option(names = "--problem", paramLabel = "TEXT", description = "what had to be done")
  private String problem;

  @Option(names = "--solution", paramLabel = "TEXT", description = "what was done")
  private String solution;

  @Option(
      names = "--from",
      paramLabel = "ID",
      description =
          "an interaction whose text is the problem or the solution, whichever is left out")
  private String from;

  @Option(names = "--step", paramLabel = "TEXT", description = "a step of it; may be repeated")
  private List<String> steps = new ArrayList<>();

  @Option(names = "--id", paramLabel = "ID", description = "its id (default: made of the texts)")
  private String id;

  @Option(names = "--agent", paramLabel = "ID", description = "who did it")
  private String agent;

  @Option(names = "--task-type", paramLabel = "TYPE", description = "what sort of problem it is")
  private String taskType;

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description = "what the solution cannot do without; may be repeated")
  private List<String> tools = new ArrayList<>();

  @Option(
      names = "--metadata",
      paramLabel = "JSON",
      description = "fields that searches can filter on")
  private String metadata;

  @Option(
      names = "--outcome",
      paramLabel = "STATUS",
      description = "success or failure, when it is known already")
  private String outcome;

  @Mixin private Verdict verdict;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode stored = asked(server::rest).post("/v1/cases", request());
    out().println(json ? stored.toPrettyString() : said(stored));
    out().flush();
    if (stored.path("case_status").asText().equals("pending")) {
      err().println("searches show it once it has an outcome: cases outcome ID success");
      err().flush();
    }
    return 0;
  }

  private static String said(JsonNode stored) {
    String merged = stored.path("merged_into").asText();
    return stored.path("status").asText()
        + ": "
        + (merged.isEmpty()
            ? CaseText.state(stored)
            : "case " + stored.path("id").asText() + " is part of " + merged + " now");
  }

  private ObjectNode request() {
    ObjectNode request = JSON.createObjectNode();
    put(request, "id", id);
    put(request, "from", from);
    put(request, "agent_id", agent);
    put(request, "problem", problem);
    put(request, "solution", solution);
    put(request, "task_type", taskType);
    putAll(request, "steps", steps);
    putAll(request, "tools", tools);
    if (metadata != null) {
      request.set("metadata", json("--metadata", metadata));
    }
    if (outcome != null) {
      verdict.into(request.putObject("outcome").put("status", outcome));
    }
    return request;
  }
}
