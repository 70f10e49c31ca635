package org.hippocamel.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as JSON, with the value of every query, so that a later run can be compared with it. */
public final class JsonReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonReport() {}

  /** All of it. */
  public static String of(Report report) {
    return text(report, true);
  }

  /** Without the values of single queries. */
  public static String table(Report report) {
    return text(report, false);
  }

  private static String text(Report report, boolean each) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("dataset", report.dataset())
            .put("documents", report.documents())
            .put("queries", report.queries())
            .put("space", report.space())
            .put("depth", report.depth())
            .put("ingest_seconds", report.ingestSeconds());
    ArrayNode runs = json.putArray("runs");
    report.runs().forEach(scored -> runs.add(run(scored, each)));
    ArrayNode comparisons = json.putArray("comparisons");
    report.comparisons().forEach(pair -> comparisons.add(comparison(pair)));
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode run(Report.Scored scored, boolean each) {
    Run run = scored.run();
    ObjectNode json = JSON.createObjectNode().put("name", run.name());
    ObjectNode metrics = json.putObject("metrics");
    scored.means().forEach((metric, mean) -> metrics.set(metric.word(), interval(mean)));
    json.putObject("latency_ms").put("p50", run.latency().p50()).put("p99", run.latency().p99());
    if (each) {
      ObjectNode queries = json.putObject("per_query");
      queries.set("id", JSON.valueToTree(run.queries()));
      run.values()
          .forEach((metric, values) -> queries.set(metric.word(), JSON.valueToTree(values)));
    }
    return json;
  }

  private static ObjectNode comparison(Comparison pair) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("first", pair.first())
            .put("second", pair.second())
            .put("metric", pair.metric().word());
    json.set("difference", interval(pair.difference()));
    return json.put("verdict", pair.sentence());
  }

  private static ObjectNode interval(Bootstrap.Interval interval) {
    return JSON.createObjectNode()
        .put("mean", interval.mean())
        .put("low", interval.low())
        .put("high", interval.high());
  }

  /**
   * The runs of a report.
   *
   * @throws IllegalArgumentException when the text is no report
   */
  public static List<Run> runs(String text) {
    try {
      List<Run> runs = new ArrayList<>();
      JSON.readTree(text).withArray("runs").forEach(json -> runs.add(run(json)));
      return runs;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not a report of an evaluation", e);
    }
  }

  private static Run run(JsonNode json) throws IllegalArgumentException {
    JsonNode each = json.get("per_query");
    Map<Metric, double[]> values = new LinkedHashMap<>();
    List<String> queries = new ArrayList<>();
    each.get("id").forEach(id -> queries.add(id.asText()));
    for (Metric metric : Metric.all()) {
      values.put(metric, JSON.convertValue(each.get(metric.word()), double[].class));
    }
    JsonNode latency = json.get("latency_ms");
    return new Run(
        json.get("name").asText(),
        queries,
        values,
        new Latency(latency.get("p50").asDouble(), latency.get("p99").asDouble()));
  }
}
