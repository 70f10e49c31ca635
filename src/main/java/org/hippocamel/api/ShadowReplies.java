package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.hippocamel.eval.Bootstrap;
import org.hippocamel.eval.Latency;
import org.hippocamel.shadow.SpaceComparison;

/** Replies about shadowed searches. */
public final class ShadowReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  /** A comparison for each pair of spaces; none where nothing was shadowed yet. */
  public Reply comparisons(List<SpaceComparison> found) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode comparisons = body.putArray("comparisons");
    found.forEach(one -> comparison(comparisons.addObject(), one));
    return RestReplies.json(OK, body);
  }

  private static void comparison(ObjectNode json, SpaceComparison one) {
    json.put("space", one.space()).put("other", one.other()).put("searches", one.searches());
    interval(json.putObject("overlap"), one.overlap());
    if (one.tau() != null) {
      interval(json.putObject("tau"), one.tau());
    }
    millis(json.putObject("latency_ms"), one.latency());
    millis(json.putObject("other_latency_ms"), one.otherLatency());
  }

  private static void interval(ObjectNode json, Bootstrap.Interval interval) {
    json.put("mean", interval.mean()).put("low", interval.low()).put("high", interval.high());
  }

  private static void millis(ObjectNode json, Latency millis) {
    json.put("p50", millis.p50()).put("p99", millis.p99());
  }
}
