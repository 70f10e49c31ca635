package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a job what to do, and shows how it stands then. */
abstract class JobControl extends Verb {
  private final String what;

  @Mixin private Server server;

  @Parameters(paramLabel = "ID", description = "id of the job, as jobs lists it")
  private String id;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  /**
   * @param what last part of the path: {@code cancel}
   */
  JobControl(String what) {
    this.what = what;
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    JsonNode job = asked(server::rest).post("/v1/jobs/" + RestClient.segment(id) + "/" + what);
    out().println(json ? job.toPrettyString() : JobText.now(job));
    out().flush();
    return 0;
  }
}
