package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hippocamel.config.ContextSettings;
import org.hippocamel.config.GraphSettings;
import org.hippocamel.config.Limits;
import org.hippocamel.graph.ContextRequest;
import org.hippocamel.graph.ContextRequest.Walk;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Ranking;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;

/** Reads the bodies of {@code POST /v1/context}. Thread-safe. */
public final class ContextRequests {
  private static final int DEFAULT_K = 5;
  private static final Bound HOPS = Bound.fixed(2);

  /** Less has no room for a label and a sentence. */
  private static final int LEAST_BUDGET = 32;

  private final FilterGrammar grammar;
  private final ContextSettings context;
  private final GraphSettings graph;
  private final Fusing fusing;
  private final Bound query;
  private final Bound ids;
  private final Bound most;
  private final Bound budget;

  public ContextRequests(
      Limits limits,
      ContextSettings context,
      GraphSettings graph,
      MetadataSchema schema,
      Fusing fusing) {
    this.grammar = new FilterGrammar(FilterFields.of(schema), limits);
    this.context = context;
    this.graph = graph;
    this.fusing = fusing;
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.most = new Bound(context.maxK(), "context.max-k");
    this.budget = new Bound(context.maxTokenBudget(), "context.max-token-budget");
  }

  /**
   * What a body asks for.
   *
   * @param caller whose tenant bounds everything, whatever the body says
   * @throws Problem Malformed or Invalid with all faults
   */
  public ContextRequest parse(byte[] body, Caller caller) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String words = in.string("query", true, query);
    String agentId = in.id("agent_id", false, ids);
    String sessionId = in.id("session_id", false, ids);
    int k = in.integer("k", 1, most, Math.min(DEFAULT_K, most.max()));
    int tokens = in.integer("token_budget", LEAST_BUDGET, budget, context.tokenBudget());
    Filter filter = filter(in);
    Set<Kind> kinds = RecallRequests.kinds(in);
    Mode mode = RankingFields.mode(in);
    Walk walk = walk(in);
    boolean rerank = in.bool("rerank", context.rerank());
    Double lambda = lambda(in);
    String space = in.id("space", false, ids);
    boolean explain = in.bool("explain", false);
    in.finish();
    Scope scope =
        new Scope(caller.tenant(), kinds, agentId, sessionId, ShownCases.within(kinds, filter));
    int candidates = Math.max(context.candidates(), 2 * k);
    RecallRequest question = RecallRequest.of(words, scope, Ranking.of(mode, fusing), candidates);
    return new ContextRequest(question.in(space), k, tokens, walk, rerank, lambda, explain);
  }

  private Filter filter(JsonObject in) {
    JsonNode value = in.value("filter", false);
    return value == null ? null : grammar.parse(value, in.at("filter"), in.errors()).orElse(null);
  }

  /** True, false, or how: {@code {"hops": 2, "weight": 0.3}}. */
  private Walk walk(JsonObject in) {
    JsonNode value = in.value("graph", false);
    if (value == null || !value.isObject()) {
      return in.bool("graph", context.graph()) ? new Walk(graph.hops(), graph.weight()) : Walk.NONE;
    }
    JsonObject how = JsonObject.of(value, in.at("graph"), in.errors());
    int hops = how.integer("hops", 1, HOPS, graph.hops());
    Double weight = how.decimal("weight", 0, 1);
    how.close();
    return new Walk(hops, weight == null ? graph.weight() : weight);
  }

  /** True, false, or how: {@code {"lambda": 0.5}}. */
  private Double lambda(JsonObject in) {
    JsonNode value = in.value("diversity", false);
    if (value == null || !value.isObject()) {
      return in.bool("diversity", context.diversity()) ? context.lambda() : null;
    }
    JsonObject how = JsonObject.of(value, in.at("diversity"), in.errors());
    Double lambda = how.decimal("lambda", 0, 1);
    how.close();
    return lambda == null ? Double.valueOf(context.lambda()) : lambda;
  }
}
