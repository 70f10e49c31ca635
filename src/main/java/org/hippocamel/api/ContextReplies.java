package org.hippocamel.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hippocamel.graph.Candidate;
import org.hippocamel.graph.Citation;
import org.hippocamel.graph.ContextReply;
import org.hippocamel.graph.Stage;

/** Contexts to HTTP replies, as {@code api/openapi.yaml} shows them. */
public final class ContextReplies {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;

  public Reply context(ContextReply context, long tookMillis) {
    ObjectNode body = JSON.createObjectNode().put("text", context.text());
    ArrayNode items = body.putArray("items");
    context
        .cited()
        .citations()
        .forEach(citation -> items.add(item(citation, context.request().explain())));
    body.put("tokens", context.cited().tokens())
        .put("token_budget", context.request().tokenBudget())
        .put("tokens_estimated", !context.cited().counted())
        .put("dropped", context.cited().dropped())
        .put("reranked", context.ranked().reranked());
    if (context.ranked().reason() != null) {
      body.put("rerank_reason", context.ranked().reason());
    }
    body.put("space", context.recalled().space())
        .put("mode", context.recalled().mode().word())
        .put("took_ms", tookMillis);
    if (context.recalled().queryTruncated()) {
      body.put("query_truncated", true);
    }
    if (context.recalled().degraded() != null) {
      body.put("degraded", "found by words alone: " + context.recalled().degraded());
    }
    if (context.request().explain()) {
      body.set("stages", stages(context));
    }
    return RestReplies.json(OK, body);
  }

  private static ObjectNode item(Citation citation, boolean explain) {
    Candidate candidate = citation.candidate();
    ObjectNode json = JSON.createObjectNode().put("citation", citation.number());
    json.setAll(MemoryJson.of(candidate.row()));
    json.put("text", citation.text());
    if (citation.cut()) {
      json.put("cut", true);
    }
    json.put("score", candidate.score()).put("tokens", citation.tokens());
    if (!candidate.via().isEmpty()) {
      json.put("hop", candidate.hop());
      candidate.via().forEach(json.putArray("via")::add);
    }
    if (explain) {
      json.set("explain", explained(candidate));
    }
    return json;
  }

  /** What each stage says; only the stages that were made. */
  private static ObjectNode explained(Candidate candidate) {
    ObjectNode stages = JSON.createObjectNode();
    if (candidate.hit() != null) {
      candidate
          .hit()
          .stages()
          .forEach((stage, standing) -> stages.set(stage.word(), RestReplies.standing(standing)));
      stages.putObject("fused").put("score", candidate.hit().score());
    }
    stages.putObject("relevance").put("score", candidate.relevance());
    stages.putObject("graph").put("score", candidate.graph()).put("hop", candidate.hop());
    if (candidate.reranked() != null) {
      stages.putObject("rerank").put("score", candidate.reranked());
    }
    return stages;
  }

  private static ObjectNode stages(ContextReply context) {
    ObjectNode stages = JSON.createObjectNode();
    for (Stage stage : Stage.values()) {
      Long nanos = context.laps().nanos().get(stage);
      if (nanos != null) {
        stages.put(stage.word() + "_ms", Math.round(nanos / 1e4) / 100.0);
      }
    }
    return stages
        .put("candidates", context.ranked().candidates().size())
        .put("brought_by_graph", context.ranked().walked());
  }
}
