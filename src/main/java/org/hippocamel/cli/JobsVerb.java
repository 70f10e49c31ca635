package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists long work; what else can be done with it are verbs below. */
@Command(
    name = "jobs",
    header = "List long work: dropped files, evaluations, re-embeddings; follow or end one.",
    description = {
      "Without a verb: one line for each job, newest first. Ended jobs are forgotten after"
          + " job.keep-days (30)."
    },
    subcommands = {JobShowVerb.class, JobCancelVerb.class, JobPauseVerb.class, JobResumeVerb.class},
    footer = {
      "%nExamples:",
      "  jobs --state running",
      "  jobs show --follow 5c01d2a9b4e6f7a8b9c0d1e2",
      "  jobs --kind file --state failed --json | jq -r '.jobs[].reason'"
    })
final class JobsVerb extends Verb {
  @Mixin private Server server;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "only file, evaluation or reembed jobs")
  private String kind;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "only queued, running, paused, cancelling, cancelled, done or failed ones")
  private String state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "jobs at most (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "NEXT",
      description = "go on where a list before ended, which said how")
  private String after;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode reply = asked(server::rest).get(path());
    if (json) {
      out().println(reply.toPrettyString());
    } else {
      show(reply);
    }
    out().flush();
    return 0;
  }

  private String path() {
    StringBuilder path = new StringBuilder("/v1/jobs?limit=" + within("--limit", limit, 1, 1_000));
    add(path, "kind", kind);
    add(path, "state", state);
    add(path, "after", after);
    return path.toString();
  }

  private static void add(StringBuilder path, String name, String value) {
    if (value != null) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private void show(JsonNode reply) {
    JsonNode jobs = reply.path("jobs");
    if (jobs.isEmpty()) {
      err().println("no jobs");
    } else {
      out().println(JobText.HEAD);
      jobs.forEach(job -> out().println(JobText.line(job)));
    }
    if (reply.has("next")) {
      err().println("there are more: --after " + reply.get("next").asText());
    }
    err().flush();
  }
}
