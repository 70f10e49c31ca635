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

/** Tells how a run went. */
@Command(
    name = "feedback",
    header = "Tell how a run went that was shown cases.",
    description = {
      "The reward is spread over the cases that the run was shown, or over those that it used. Said"
          + " again with another reward, it corrects."
    },
    footer = {"%nExample:", "  cases feedback run-1 1 --used 7c1f0f6f"})
final class CaseFeedbackVerb extends Verb {
  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "RUN", description = "the --run of cases search")
  private String run;

  @Parameters(index = "1", paramLabel = "REWARD", description = "how well it went, from 0 to 1")
  private double reward;

  @Option(
      names = "--used",
      paramLabel = "ID",
      description = "a case that was followed; may be repeated (default: all that were shown)")
  private List<String> used = new ArrayList<>();

  @Mixin private Verdict verdict;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("run_id", run).put("reward", reward);
    verdict.into(request);
    putAll(request, "used", used);
    JsonNode reply = asked(server::rest).post("/v1/cases/feedback", request);
    if (json) {
      out().println(reply.toPrettyString());
    } else {
      for (JsonNode credited : reply.path("credited")) {
        out().println(credited.path("status").asText() + ": " + CaseText.state(credited));
      }
    }
    out().flush();
    return 0;
  }
}
