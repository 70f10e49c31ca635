package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds an outcome to a case. */
@Command(
    name = "outcome",
    header = "Record what came of a case.",
    description = {
      "Outcomes are added and never changed; one that was wrong is superseded by another. With"
          + " --id or --run the same outcome said twice is recorded once."
    },
    footer = {
      "%nExamples:",
      "  cases outcome 7c1f0f6f failure --note \"The carrier rejected the claim.\"",
      "  cases outcome 7c1f0f6f success --supersedes 224ddb1c"
    })
final class CaseOutcomeVerb extends Verb {
  @Mixin private Server server;

  @Parameters(index = "0", paramLabel = "ID", description = "id of the case")
  private String id;

  @Parameters(index = "1", paramLabel = "STATUS", description = "success or failure")
  private String status;

  @Option(
      names = "--reward",
      paramLabel = "X",
      description = "from 0 to 1 (default: 1 for success, 0 for failure)")
  private Double reward;

  @Mixin private Verdict verdict;

  @Option(names = "--run", paramLabel = "ID", description = "the run in which it was tried")
  private String run;

  @Option(names = "--id", paramLabel = "ID", description = "id of the outcome")
  private String named;

  @Option(names = "--supersedes", paramLabel = "ID", description = "an outcome that was wrong")
  private String supersedes;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode request = JSON.createObjectNode().put("status", status);
    if (reward != null) {
      request.put("reward", reward);
    }
    verdict.into(request);
    put(request, "run_id", run);
    put(request, "id", named);
    put(request, "supersedes", supersedes);
    String path = "/v1/cases/" + RestClient.segment(id) + "/outcomes";
    JsonNode stored = asked(server::rest).post(path, request);
    out().println(json ? stored.toPrettyString() : said(stored));
    out().flush();
    return 0;
  }

  private static String said(JsonNode stored) {
    return stored.path("status").asText()
        + ": outcome "
        + stored.path("id").asText()
        + "; "
        + CaseText.state(stored.path("case"));
  }
}
