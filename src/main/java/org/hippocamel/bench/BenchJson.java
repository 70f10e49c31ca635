package org.hippocamel.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report for programs; the names say their units. */
final class BenchJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BenchJson() {}

  static String of(BenchReport report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("started", report.started().toString());
    plan(json.putObject("plan"), report.plan());
    machine(json.putObject("machine"));
    report
        .servers()
        .forEach(
            (server, probe) ->
                json.withArray("servers")
                    .addObject()
                    .put("name", server.name())
                    .put("url", server.url().toString())
                    .put("model", probe.model())
                    .put("dimension", probe.dimension()));
    report.rows().forEach(row -> row(json.withArray("rows").addObject(), row));
    report.added().ifPresent(millis -> json.put("added_p50_ms", millis));
    for (Goal goal : Goal.values()) {
      ObjectNode target = json.withArray("targets").addObject();
      target.put("target", goal.shown()).put("limit", goal.limit()).put("unit", goal.unit());
      goal.figure(report.judged()).ifPresent(figure -> target.put("figure", figure));
      target.put("verdict", goal.verdict(report.judged()));
    }
    return json.toPrettyString();
  }

  private static void plan(ObjectNode json, BenchPlan plan) {
    json.put("seconds", plan.measured().toMillis() / 1e3);
    json.put("warm_up_seconds", plan.warmUp().toMillis() / 1e3);
    json.put("timeout_seconds", plan.timeout().toMillis() / 1e3);
    json.put("words", plan.words()).put("format", plan.format()).put("seed", plan.seed());
  }

  private static void machine(ObjectNode json) {
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", System.getProperty("java.version"));
    json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
  }

  private static void row(ObjectNode json, Measured row) {
    json.put("server", row.server());
    json.put("clients", row.workload().clients());
    json.put("texts_per_round", row.workload().texts());
    json.put("requests_per_round", row.requests());
    json.put("answered_rounds", row.answered()).put("failed_rounds", row.failed());
    json.put("texts_per_second", row.textsPerSecond());
    if (row.answered() > 0) {
      Measured.Latency latency = row.latency();
      json.putObject("latency_ms")
          .put("min", latency.min())
          .put("mean", latency.mean())
          .put("p50", latency.p50())
          .put("p90", latency.p90())
          .put("p99", latency.p99())
          .put("p999", latency.p999())
          .put("max", latency.max());
    }
    row.errors()
        .forEach(
            (kind, count) ->
                json.withArray("errors")
                    .addObject()
                    .put("kind", kind)
                    .put("count", count)
                    .put("example", row.examples().getOrDefault(kind, "")));
    json.put("client_cores", row.clientCores());
  }
}
