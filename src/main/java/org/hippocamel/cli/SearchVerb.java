package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running Hippocamel a question. */
@Command(
    name = "search",
    header = "Find the memories that matter to a question.",
    description = {
      "Prints rank, score, kind and where it comes from, then the text. The score counts standard"
          + " deviations above unrelated memories, except in the modes vector and lexical.",
      "Exit code 1: nothing was found."
    },
    footer = {
      "%nExamples:",
      "  search \"A payment timed out. Was the customer charged?\"",
      "  search --limit 3 --filter '{\"business\": \"bakery\"}' \"open refunds\"",
      "  search --mode lexical --json INV-2041 | jq .results[0].id"
    })
final class SearchVerb extends Verb {
  private static final int SHOWN = 400;

  @Mixin private Server server;

  @Parameters(paramLabel = "QUESTION", description = "what to look for, in quotes")
  private String question;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "5",
      description = "results at most (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "hybrid",
      description = "vector, lexical or hybrid (default: ${DEFAULT-VALUE})")
  private String mode;

  @Option(names = "--agent", paramLabel = "ID", description = "only what this agent remembers")
  private String agent;

  @Option(
      names = "--filter",
      paramLabel = "JSON",
      description = "conditions on metadata, as in POST /v1/search")
  private String filter;

  @Option(names = "--full", description = "print whole texts, not their beginnings")
  private boolean full;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode reply = asked(server::rest).post("/v1/search", request());
    if (json) {
      out().println(reply.toPrettyString());
    } else {
      show(reply);
    }
    out().flush();
    return reply.path("results").isEmpty() ? Verbs.UNMET : 0;
  }

  private ObjectNode request() {
    ObjectNode request =
        JSON.createObjectNode().put("query", question).put("limit", limit).put("mode", mode);
    if (agent != null) {
      request.put("agent_id", agent);
    }
    if (filter != null) {
      request.set("filter", json("--filter", filter));
    }
    return request;
  }

  private void show(JsonNode reply) {
    int rank = 0;
    for (JsonNode hit : reply.path("results")) {
      String score = String.format(Locale.ROOT, "%.3f", hit.path("score").asDouble());
      out().println(++rank + ".  " + score + "  " + hit.path("kind").asText() + "  " + from(hit));
      out().println("    " + text(hit).replace("\n", "\n    "));
    }
    if (rank == 0) {
      err().println("nothing found");
      err().flush();
    }
  }

  private static String from(JsonNode hit) {
    JsonNode source = hit.path("source");
    if (source.isMissingNode()) {
      return "by " + hit.path("agent_id").asText("nobody") + ", id " + hit.path("id").asText();
    }
    String heading = source.path("heading").asText("");
    return source.path("uri").asText() + (heading.isEmpty() ? "" : ", " + heading);
  }

  private String text(JsonNode hit) {
    String text = hit.path("text").asText().strip();
    return full || text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
  }
}
