package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves the memories of a running Hippocamel to another embedding model, and back. */
@Command(
    name = "reembed",
    header = "Move the memories to another embedding model, or back.",
    description = {
      "The server of the new model is named by NEXT_TEI_URL where Hippocamel runs. Searches are"
          + " answered all the while, from the old model until the new one has every memory and was"
          + " checked; then it becomes the active one.",
      "What: run (default) fills the new space and switches to it; spaces shows all spaces, with how"
          + " many memories each lacks; activate SPACE switches by hand; rollback goes back to the"
          + " space before; retire SPACE removes its vectors and its index.",
      "Exit code 1: the job did not come to its end."
    },
    footer = {
      "%nExamples:",
      "  reembed --dry-run",
      "  reembed --wait",
      "  reembed rollback",
      "  reembed retire bge-small-en-v1_5-384 --wait"
    })
final class ReembedVerb extends Verb {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> OVER = Set.of("done", "failed", "cancelled");
  private static final long PAUSE_MILLIS = 500;

  enum What {
    run,
    spaces,
    activate,
    rollback,
    retire
  }

  @Mixin private Server server;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "WHAT",
      defaultValue = "run",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private What what;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SPACE",
      description = "id of a space; with run the one to fill")
  private String space;

  @Option(names = "--dry-run", description = "only count, and tell tokens, time and cost")
  private boolean dryRun;

  @Option(names = "--wait", description = "show progress until the job has ended")
  private boolean wait;

  @Option(names = "--no-switch", description = "leave the new space ready; activate switches to it")
  private boolean noSwitch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RestClient rest = asked(server::rest);
    return switch (what) {
      case run -> run(rest);
      case spaces -> shown(rest.get("/v1/spaces?counts=true"));
      case activate -> shown(post(rest, "/v1/spaces/" + named() + "/activate"));
      case rollback -> shown(post(rest, "/v1/spaces/" + previous(rest) + "/activate"));
      case retire -> job(rest, post(rest, "/v1/spaces/" + named() + "/retire"));
    };
  }

  private String named() {
    if (space == null) {
      throw wrong(what + " needs the id of a space: reembed spaces shows them");
    }
    return space;
  }

  private static JsonNode post(RestClient rest, String path)
      throws IOException, InterruptedException {
    return rest.post(path, JSON.createObjectNode());
  }

  private static String previous(RestClient rest) throws IOException, InterruptedException {
    for (JsonNode one : rest.get("/v1/spaces").path("spaces")) {
      if (one.path("previous").asBoolean()) {
        return one.get("id").asText();
      }
    }
    throw new IllegalStateException("no space was active before this one");
  }

  private int run(RestClient rest) throws IOException, InterruptedException {
    ObjectNode order = JSON.createObjectNode().put("switch", !noSwitch).put("dry_run", dryRun);
    if (space != null) {
      order.put("space", space);
    }
    JsonNode reply = rest.post("/v1/reembed", order);
    if (!dryRun) {
      return job(rest, reply);
    }
    out()
        .printf(
            "%s (%s): %,d of %,d memories lack a vector, about %,d tokens%n",
            reply.path("space").asText(),
            reply.path("model_id").asText(),
            reply.path("missing").asLong(),
            reply.path("memories").asLong(),
            reply.path("tokens").asLong());
    out()
        .printf(
            "at %.1f texts/s, measured on %d: %.0f seconds%n",
            reply.path("texts_per_second").asDouble(),
            reply.path("sample").asInt(),
            reply.path("seconds").asDouble());
    out()
        .printf(
            "at the API: $%.2f = %s%n",
            reply.path("api_dollars").asDouble(), reply.path("formula").asText());
    out().flush();
    return 0;
  }

  private int shown(JsonNode reply) {
    for (JsonNode one : reply.path("spaces")) {
      String lacks =
          one.has("missing")
              ? ", %,d of %,d memories lack a vector, %,d are refused"
                  .formatted(
                      one.get("missing").asLong(),
                      one.path("memories").asLong(),
                      one.path("refused").asLong())
              : "";
      out()
          .printf(
              "%-9s %s (%s, %d dimensions)%s%n",
              one.path("state").asText(),
              one.path("id").asText(),
              one.path("model_id").asText(),
              one.path("dimensions").asInt(),
              lacks);
    }
    out().flush();
    return 0;
  }

  private int job(RestClient rest, JsonNode job) throws IOException, InterruptedException {
    String id = job.get("id").asText();
    if (!wait) {
      out().println("job " + id + " is " + job.path("state").asText());
      out().flush();
      return 0;
    }
    JsonNode now = job;
    while (!OVER.contains(now.path("state").asText())) {
      err().printf("\r%s", progress(now));
      err().flush();
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      now = rest.get("/v1/jobs/" + id);
    }
    err().println();
    boolean done = now.path("state").asText().equals("done");
    out()
        .printf(
            "%s: %,d embedded or cleared, %,d failed%s%n",
            now.path("state").asText(),
            now.path("done").asLong(),
            now.path("failed").asLong(),
            done ? "; " + now.path("result") : "; " + now.path("reason").asText());
    out().flush();
    return done ? 0 : Verbs.UNMET;
  }

  private static String progress(JsonNode job) {
    String reason = job.hasNonNull("reason") ? ", " + job.get("reason").asText() : "";
    return "%s: %,d of %,d, %.1f/s, until %s%s"
        .formatted(
            job.path("state").asText(),
            job.path("done").asLong() + job.path("failed").asLong(),
            job.path("total").asLong(),
            job.path("rate").asDouble(),
            job.path("eta").asText("?"),
            reason);
  }
}
