package org.hippocamel.graph;

import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.graph.ContextRequest.Walk;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.SearchReply;

/** Requests, hits and candidates that tests of this package share. */
public final class TestContexts {
  private TestContexts() {}

  /** A request for the tenant t, without explanation. */
  public static ContextRequest request(int k, int tokenBudget, Walk walk, Double lambda) {
    RecallRequest question =
        RecallRequest.of(
            "what about E17?",
            Scope.of("t"),
            org.hippocamel.recall.Ranking.of(Mode.HYBRID, new Fusing(Fusing.Rule.SCORE, 0.1)),
            30);
    return new ContextRequest(question, k, tokenBudget, walk, false, lambda, false);
  }

  static ContextRequest request(int k, Double lambda) {
    return request(k, 1_000, Walk.NONE, lambda);
  }

  /** A stored row. */
  static Document row(String id, String text) {
    return new Document("_id", id).append("kind", "interaction").append("text", text);
  }

  static SearchReply.Hit hit(String id, double score) {
    return new SearchReply.Hit(
        row(id, "text of " + id), 1, score, Double.NaN, Double.NaN, Map.of());
  }

  static SearchReply recalled(SearchReply.Hit... hits) {
    return new SearchReply(List.of(hits), "m-3", Mode.HYBRID, false, false, null, null);
  }

  static Candidate candidate(String id, double score, float... vector) {
    return new Candidate(
        id,
        row(id, "text of " + id),
        hit(id, score),
        score,
        0,
        0,
        List.of(),
        null,
        score,
        vector.length == 0 ? null : vector);
  }

  static Candidate candidate(Document row) {
    return candidate(row.getString("_id"), 1).withRow(row, null);
  }
}
