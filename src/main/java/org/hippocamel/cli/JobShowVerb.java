package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a job, once or until it ends. */
@Command(
    name = "show",
    header = "Show how a job stands, once or until it ends.",
    description = {
      "With --follow: progress on standard error, in one line on a terminal and in a line now and"
          + " then elsewhere; the job itself when it has ended.",
      "Exit code 1: with --follow, the job failed, was cancelled, or could not do some of its items."
    },
    footer = {"%nExample:", "  jobs show --follow 5c01d2a9b4e6f7a8b9c0d1e2"})
final class JobShowVerb extends Verb {
  @Mixin private Server server;

  @Parameters(paramLabel = "ID", description = "id of the job, as jobs lists it")
  private String id;

  @Option(names = "--follow", description = "wait until it has ended, and show how far it is")
  private boolean follow;

  @Option(
      names = "--json",
      description = "print the server's reply as it is; with --follow a line for each change")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RestClient rest = asked(server::rest);
    String path = "/v1/jobs/" + RestClient.segment(id);
    if (!follow) {
      show(rest.get(path));
      return 0;
    }
    JsonNode last = json ? followed(rest, path) : shown(rest, path);
    boolean fine = last.path("state").asText().equals("done") && last.path("failed").asLong() == 0;
    return fine ? 0 : Verbs.UNMET;
  }

  private JsonNode followed(RestClient rest, String path) throws IOException, InterruptedException {
    return new JobFollower(
            rest,
            path,
            job -> {
              out().println(job);
              out().flush();
            })
        .follow();
  }

  private JsonNode shown(RestClient rest, String path) throws IOException, InterruptedException {
    JobProgressLine line = new JobProgressLine(err(), terminal(), Clock.systemUTC());
    JsonNode last = new JobFollower(rest, path, line::at).follow();
    line.end();
    show(last);
    return last;
  }

  private void show(JsonNode job) {
    if (json) {
      out().println(job.toPrettyString());
    } else {
      JobText.whole(job).forEach(out()::println);
    }
    out().flush();
  }
}
