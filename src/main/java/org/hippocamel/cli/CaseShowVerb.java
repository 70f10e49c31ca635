package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one case. */
@Command(
    name = "show",
    header = "Show one case with its outcomes and the runs that were shown it.",
    description = "The latest 200 outcomes and 20 runs, newest first.")
final class CaseShowVerb extends Verb {
  @Mixin private Server server;

  @Parameters(paramLabel = "ID", description = "id of the case")
  private String id;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode found = asked(server::rest).get("/v1/cases/" + RestClient.segment(id));
    if (json) {
      out().println(found.toPrettyString());
    } else {
      CaseText.whole(found).forEach(out()::println);
    }
    out().flush();
    return 0;
  }
}
