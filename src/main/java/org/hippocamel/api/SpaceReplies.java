package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.reembed.Estimate;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Calibration;
import org.hippocamel.spaces.Space;
import org.hippocamel.spaces.SpaceList;
import org.hippocamel.usage.Cost;
import org.hippocamel.usage.Usage;

/** Embedding spaces as callers see them. */
public final class SpaceReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final double CENTS = 100;

  private final ActiveSpace space;
  private final Cost cost;

  public SpaceReplies(ActiveSpace space, Cost cost) {
    this.space = space;
    this.cost = cost;
  }

  /** Every space there is, the active one first; none before start-up has come that far. */
  public Reply spaces() {
    return spaces(Map.of());
  }

  /**
   * The same with counts.
   *
   * @param counted a row for each space: its id, and how many memories have no vector in it
   */
  public Reply counted(List<Document> counted) {
    Map<String, Document> counts = new HashMap<>();
    counted.forEach(row -> counts.put(row.getString("space"), row));
    return spaces(counts);
  }

  private Reply spaces(Map<String, Document> counts) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode spaces = body.putArray("spaces");
    if (space.ready()) {
      SpaceList all = space.all();
      all.all().stream()
          .sorted(Comparator.comparing(entry -> entry.id().equals(all.active()) ? 0 : 1))
          .forEach(entry -> space(spaces.addObject(), entry, all, counts.get(entry.id())));
    }
    return RestReplies.json(OK, body);
  }

  private void space(ObjectNode json, SpaceList.Entry entry, SpaceList all, Document counts) {
    Space one = entry.space();
    Calibration calibration = space.calibration(one.id());
    json.put("id", one.id())
        .put("model_id", one.modelId())
        .put("revision", one.revision())
        .put("pooling", one.pooling())
        .put("dimensions", one.dimensions())
        .put("state", all.word(entry));
    if (one.id().equals(all.previous())) {
      json.put("previous", true);
    }
    if (entry.job() != null) {
      json.put("job_id", entry.job());
    }
    if (counts != null) {
      MemoryJson.put(json, "memories", counts.get("memories"));
      MemoryJson.put(json, "missing", counts.get("missing"));
      MemoryJson.put(json, "refused", counts.get("refused"));
    }
    json.putObject("calibration")
        .put("mean", calibration.mean())
        .put("deviation", calibration.deviation())
        .put("texts", calibration.texts());
  }

  /** What a re-embedding would be, and what its tokens cost at the API that prices are set for. */
  public Reply estimate(Estimate estimate) {
    Usage usage = new Usage(0, 0, estimate.tokens(), 0);
    ObjectNode json = JSON.createObjectNode().put("dry_run", true);
    json.put("space", estimate.space())
        .put("model_id", estimate.model())
        .put("memories", estimate.memories())
        .put("missing", estimate.missing())
        .put("tokens", estimate.tokens())
        .put("texts_per_second", Math.round(estimate.textsPerSecond() * CENTS) / CENTS)
        .put("seconds", Math.round(estimate.seconds() * CENTS) / CENTS)
        .put("sample", estimate.sample())
        .put("api_dollars", cost.api(usage))
        .put("formula", cost.apiFormula(usage));
    return RestReplies.json(OK, json);
  }
}
