package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what the learned values are worth. */
@Command(
    name = "uplift",
    header = "Tell whether the case bank helps.",
    description = {
      "Runs that were told how they went: those that were shown cases by their learned values"
          + " against the holdout (cases.holdout), which was shown them by similarity alone."
          + " Intervals hold 95 %%."
    })
final class CaseUpliftVerb extends Verb {
  @Mixin private Server server;

  @Option(names = "--json", description = "print the server's reply as it is")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode reply = asked(server::rest).get("/v1/cases/uplift");
    if (json) {
      out().println(reply.toPrettyString());
    } else {
      row("Learned", reply.path("learned"), "success");
      row("Holdout", reply.path("holdout"), "success");
      row("Uplift", reply.path("uplift"), "mean");
    }
    out().flush();
    return 0;
  }

  private void row(String name, JsonNode share, String mean) {
    String runs = share.has("runs") ? share.get("runs").asLong() + " runs" : "";
    String figure =
        share.has(mean)
            ? String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                share.get(mean).asDouble(),
                share.path("low").asDouble(),
                share.path("high").asDouble())
            : runs.isEmpty() ? "unknown until both have runs" : "";
    String between = runs.isEmpty() || figure.isEmpty() ? "" : ", ";
    out().println(String.format("%-10s%s%s%s", name, runs, between, figure));
  }
}
