package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for cases like a problem. */
@Command(
    name = "search",
    header = "Find cases like a problem: what worked, and what did not.",
    description = {
      "Prints rank, score, whether it worked, and what is known of the solution: its value is how"
          + " likely it is to go well, between 0 and 1. With --run it is remembered what the run was"
          + " shown, so that cases feedback can credit it.",
      "Exit code 1: no case is similar enough."
    },
    footer = {
      "%nExamples:",
      "  cases search --negative 1 \"A refund of 700 euros has not been paid out.\"",
      "  cases search --prompt --run run-7 \"A parcel got lost.\" >> prompt.txt"
    })
final class CaseSearchVerb extends Verb {
  @Mixin private Server server;

  @Parameters(paramLabel = "PROBLEM", description = "what has to be done, in quotes")
  private String problem;

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "3",
      description = "cases that worked, at most (default: ${DEFAULT-VALUE})")
  private int positives;

  @Option(
      names = "--negative",
      paramLabel = "N",
      defaultValue = "0",
      description = "cases that did not, at most (default: ${DEFAULT-VALUE})")
  private int negatives;

  @Option(
      names = "--ranking",
      paramLabel = "RANKING",
      description = "similarity, value or kernel (default: the server's cases.ranking)")
  private String ranking;

  @Option(names = "--task-type", paramLabel = "TYPE", description = "only cases of this type")
  private String taskType;

  @Option(
      names = "--tool",
      paramLabel = "NAME",
      description =
          "a tool that can be used, may be repeated; cases that need another are left out")
  private List<String> tools = new ArrayList<>();

  @Option(names = "--agent", paramLabel = "ID", description = "only cases of this agent")
  private String agent;

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      description = "conditions on metadata, as in POST /v1/search")
  private String filter;

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "the run that is shown them, for cases feedback")
  private String run;

  @Option(names = "--prompt", description = "print them as a block for a prompt")
  private boolean prompt;

  @Option(names = "--full", description = "print whole texts, not their beginnings")
  private boolean full;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    String path = prompt ? "/v1/cases/prompt" : "/v1/cases/search";
    JsonNode reply = asked(server::rest).post(path, request());
    boolean found = !reply.path(prompt ? "cases" : "results").isEmpty();
    found |= !reply.path("negatives").isEmpty();
    if (json) {
      out().println(reply.toPrettyString());
    } else if (prompt) {
      out().print(reply.path("text").asText());
    } else {
      show("worked", reply.path("results"));
      show("failed", reply.path("negatives"));
    }
    out().flush();
    if (!found) {
      err().println(reply.has("no_similar_case") ? "no similar case" : "nothing found");
      err().flush();
    }
    return found ? 0 : Verbs.UNMET;
  }

  private ObjectNode request() {
    ObjectNode request =
        JSON.createObjectNode()
            .put("problem", problem)
            .put("k", positives)
            .put("k_negative", negatives);
    put(request, "ranking", ranking);
    put(request, "task_type", taskType);
    put(request, "agent_id", agent);
    put(request, "run_id", run);
    putAll(request, "tools", tools);
    if (filter != null) {
      request.set("filter", json("--filter", filter));
    }
    return request;
  }

  private void show(String how, JsonNode hits) {
    int rank = 0;
    for (JsonNode hit : hits) {
      CaseText.hit(++rank, how, hit, full).forEach(out()::println);
    }
  }
}
