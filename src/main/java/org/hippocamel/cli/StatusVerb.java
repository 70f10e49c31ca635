package org.hippocamel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how a running Hippocamel does. */
@Command(
    name = "status",
    header = "Say whether it is ready, what it holds, what waits, and what the month costs.",
    description = {
      "Asks the REST server, with a key of role admin where it has keys, and the management port,"
          + " which is often reachable from its own machine only.",
      "Exit code 1: it runs, but is not ready."
    })
final class StatusVerb extends Verb {
  private static final int HEALTHY = 200;

  /** Hours before which a projection says nothing. */
  private static final double SOON = 1;

  @Mixin private Server server;

  @Option(
      names = "--management-url",
      paramLabel = "URL",
      description =
          "where its health and metrics are (default: HIPPOCAMEL_MANAGEMENT_URL, else"
              + " http://127.0.0.1:9876)")
  private String managementUrl;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RestClient rest = asked(server::rest);
    RestClient management =
        asked(
            () ->
                Server.client(
                    "--management-url",
                    managementUrl == null ? Server.settings().managementUrl() : managementUrl,
                    ""));
    boolean ready = rest.status("/health") == HEALTHY;
    say("Hippocamel at " + rest.url() + " is " + (ready ? "ready" : "not ready"));
    holds(rest);
    waits(management, ready);
    out().flush();
    return ready ? 0 : Verbs.UNMET;
  }

  /** What needs the store is told as far as the store is there. */
  private void holds(RestClient rest) throws IOException, InterruptedException {
    try {
      JsonNode stats = rest.get("/v1/stats");
      List<String> kinds = new ArrayList<>();
      stats
          .path("memories")
          .fields()
          .forEachRemaining(kind -> kinds.add(counted(kind.getValue().asLong(), kind.getKey())));
      row("Memories", String.join(", ", kinds));
      if (stats.has("space")) {
        row("Space", stats.at("/space/id").asText() + ", " + stats.at("/space/model_id").asText());
      }
      row("This month", usage(stats));
      row("Costs", cost(stats.path("cost")) + " up to now");
      boolean early = stats.at("/usage/measured_hours").asDouble() < SOON;
      row(
          "Goes on",
          early
              ? "too early to tell; after an hour"
              : cost(stats.path("projected")) + " for the month");
    } catch (IllegalStateException refused) {
      row("Memories", refused.getMessage());
    }
  }

  private static String counted(long number, String word) {
    return String.format(Locale.ROOT, "%,d %s%s", number, word, number == 1 ? "" : "s");
  }

  private static String usage(JsonNode stats) {
    return String.format(
        Locale.ROOT,
        "%,d texts, %,d tokens, the embedder busy for %.3f of %.1f hours",
        stats.at("/usage/texts").asLong(),
        stats.at("/usage/tokens").asLong(),
        stats.at("/usage/busy_hours").asDouble(),
        stats.at("/usage/measured_hours").asDouble());
  }

  private static String cost(JsonNode cost) {
    return "$%s here, $%s at the API"
        .formatted(
            cost.path("own_dollars").decimalValue().toPlainString(),
            cost.path("api_dollars").decimalValue().toPlainString());
  }

  private void waits(RestClient management, boolean ready) throws InterruptedException {
    try {
      MetricsText metrics = new MetricsText(management.text("/observe/metrics"));
      if (!ready) {
        row("Why", why(management.whatever("/observe/health/ready")));
      }
      for (String replica : metrics.labels("hippocamel_embed_replica_up", "replica")) {
        boolean up = metrics.sum("hippocamel_embed_replica_up", "replica", replica) > 0;
        row("Embedder", replica + (up ? " serves" : " is left out, or was never there"));
      }
      row(
          "Waiting",
          String.format(
              Locale.ROOT,
              "%.0f texts, the oldest for %.1f s; %.0f requests worked on, %.0f in line",
              metrics.sum("hippocamel_embed_waiting_texts"),
              metrics.max("hippocamel_embed_oldest_wait_seconds"),
              metrics.sum("hippocamel_http_requests_inside"),
              metrics.sum("hippocamel_http_requests_in_line")));
      row(
          "Inbox",
          String.format(
              Locale.ROOT,
              "%.0f files wait, the oldest for %.0f s; %.0f in failed/",
              metrics.sum("hippocamel_inbox_files"),
              metrics.max("hippocamel_inbox_oldest_seconds"),
              metrics.sum("hippocamel_inbox_failed_files")));
    } catch (IOException | IllegalStateException notReachable) {
      row("Waiting", "unknown: " + notReachable.getMessage().replace("--url", "--management-url"));
    }
  }

  /** Our own check says it in a sentence; while routes start there is none of it yet. */
  private static String why(JsonNode health) {
    for (JsonNode check : health.path("checks")) {
      if (check.path("name").asText().equals("space")) {
        return check.path("message").asText();
      }
    }
    return "still starting";
  }

  private void row(String name, String value) {
    say(String.format("  %-12s%s", name, value));
  }

  private void say(String line) {
    out().println(line);
  }
}
