package org.hippocamel.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import org.bson.Document;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.ingest.IngestReport;
import org.hippocamel.ingest.Ingested;
import org.hippocamel.ingest.SourcePage;
import org.hippocamel.memory.Remembered;
import org.hippocamel.memory.Remembered.Status;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemReply;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.search.Searched;
import org.hippocamel.spaces.ActiveSpace;
import org.hippocamel.spaces.Readiness;
import org.hippocamel.spaces.Space;

/** Results of the capabilities to HTTP replies, as {@code api/openapi.yaml} shows them. */
public final class RestReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int NO_CONTENT = 204;
  private static final int UNAVAILABLE = 503;

  private final ActiveSpace space;
  private final Readiness readiness;
  private final byte[] contract;

  /**
   * @param contract the bytes of {@code api/openapi.yaml}
   */
  public RestReplies(ActiveSpace space, Readiness readiness, byte[] contract) {
    this.space = space;
    this.readiness = readiness;
    this.contract = contract;
  }

  /** 201 for one new interaction, 200 for one that was there, 200 with results for a list. */
  public Reply interactions(Interactions asked, Remembered done) {
    if (asked.single()) {
      Remembered.Item item = done.items().get(0);
      if (item.refusal() != null) {
        throw item.refusal();
      }
      return json(item.status() == Status.CREATED ? CREATED : OK, stored(item));
    }
    JsonNode[] results = new JsonNode[asked.items().size() + asked.rejected().size()];
    Iterator<Remembered.Item> items = done.items().iterator();
    asked.items().forEach(item -> results[item.position()] = item(items.next()));
    asked.rejected().forEach(refused -> results[refused.position()] = error(refused.problem()));
    ObjectNode body = JSON.createObjectNode();
    body.putArray("results").addAll(List.of(results));
    long refused = done.count(Status.REFUSED);
    body.put("stored", asked.items().size() - refused)
        .put("failed", asked.rejected().size() + refused);
    return json(OK, body);
  }

  private static ObjectNode item(Remembered.Item item) {
    return item.refusal() != null ? error(item.refusal()) : stored(item);
  }

  private static ObjectNode error(Problem problem) {
    return JSON.createObjectNode().set("error", ProblemReply.json(problem));
  }

  private static ObjectNode stored(Remembered.Item item) {
    ObjectNode json =
        JSON.createObjectNode().put("id", item.id()).put("status", item.status().word());
    return item.truncated() ? json.put("truncated", true) : json;
  }

  /**
   * Vectors in OpenAI's shape.
   *
   * @throws Problem as {@link RefusedTexts#check}: OpenAI's reply has no place for a text without a
   *     vector
   */
  public Reply embeddings(Embeddings asked, List<Embedding> embeddings) {
    Space active = space.get();
    RefusedTexts.check(embeddings, active.dimensions());
    byte[] body = EmbeddingsJson.of(asked, embeddings, active.modelId());
    return new Reply(OK, "application/json", body);
  }

  /**
   * The one model there is, in OpenAI's shape.
   *
   * @throws Problem UNAVAILABLE before it is known
   */
  public Reply models() {
    ObjectNode body = JSON.createObjectNode().put("object", "list");
    body.putArray("data")
        .addObject()
        .put("id", space.get().modelId())
        .put("object", "model")
        .put("created", 0) // clients want a number; nobody knows when the model was made
        .put("owned_by", "hippocamel");
    return json(OK, body);
  }

  /** Ranked memories, with the stages where they were asked for. */
  public Reply search(Searched searched, long tookMillis) {
    SearchReply reply = searched.found();
    ObjectNode body = JSON.createObjectNode();
    ArrayNode results = body.putArray("results");
    for (Searched.Place place : searched.order()) {
      SearchReply.Hit hit = reply.hits().get(place.index());
      ObjectNode json = hit(hit, place.score(), reply.explain());
      if (reply.explain() && searched.reranked()) {
        json.withObject("/explain")
            .putObject("rerank")
            .put("rank", results.size() + 1)
            .put("score", place.score());
      }
      results.add(json);
    }
    body.put("space", reply.space())
        .put("mode", reply.mode().word())
        .put("took_ms", tookMillis)
        .put("reranked", searched.reranked());
    if (searched.rerankReason() != null) {
      body.put("rerank_reason", searched.rerankReason());
    }
    if (reply.queryTruncated()) {
      body.put("query_truncated", true);
    }
    if (reply.degraded() != null) {
      body.put("degraded", "found by words alone: " + reply.degraded());
    }
    if (searched.next() != null) {
      body.put("next_cursor", searched.next());
    }
    return json(OK, body);
  }

  private static ObjectNode hit(SearchReply.Hit hit, double score, boolean explain) {
    ObjectNode json = MemoryJson.of(hit.row()).put("score", score);
    if (!Double.isNaN(hit.relevance())) {
      json.put("relevance", hit.relevance());
    }
    if (explain) {
      ObjectNode stages = json.putObject("explain");
      hit.stages().forEach((stage, standing) -> stages.set(stage.word(), standing(standing)));
      if (!Double.isNaN(hit.freshness())) {
        stages.putObject("freshness").put("share", hit.freshness());
      }
      stages.putObject("fused").put("rank", hit.rank()).put("score", hit.score());
    }
    return json;
  }

  static ObjectNode standing(SearchReply.Standing standing) {
    ObjectNode json = JSON.createObjectNode();
    if (standing.rank() > 0) {
      json.put("rank", standing.rank());
    }
    return json.put("score", standing.score()).put("calibrated", standing.calibrated());
  }

  public Reply memory(Document row) {
    return json(OK, MemoryJson.of(row));
  }

  /** 201 with counts; faults of single records are listed, the rest is stored. */
  public Reply document(Ingested ingested) {
    IngestReport report = ingested.report();
    ObjectNode body =
        JSON.createObjectNode()
            .put("source_id", ingested.sourceId())
            .put("passages", report.passages())
            .put("stored", report.stored() + report.updated())
            .put("unchanged", report.unchanged())
            .put("removed", ingested.removed())
            .put("truncated", report.truncated())
            .put("failed", report.failures());
    body.set("errors", JSON.valueToTree(report.named()));
    return json(CREATED, body);
  }

  /** One page of sources; {@code next} is the {@code after} of the page that follows. */
  public Reply sources(SourcePage page) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode sources = body.putArray("sources");
    page.shown().forEach(row -> sources.add(MemoryJson.source(row)));
    if (page.more()) {
      body.put("next", sources.get(sources.size() - 1).get("id").asText());
    }
    return json(OK, body);
  }

  public Reply none() {
    return new Reply(NO_CONTENT, null, null);
  }

  /** Whether requests would be answered with more than an error. */
  public Reply health() {
    boolean ready = readiness.ready();
    return json(
        ready ? OK : UNAVAILABLE, JSON.createObjectNode().put("status", ready ? "UP" : "DOWN"));
  }

  public Reply contract() {
    return new Reply(OK, "application/yaml", contract);
  }

  static Reply json(int status, JsonNode body) {
    try {
      return new Reply(status, "application/json", JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
