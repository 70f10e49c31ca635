package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Fusing;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;

/**
 * Reads the bodies of {@code POST /v1/search} and {@code POST /v1/interactions/search}.
 * Thread-safe.
 */
public final class RecallRequests {
  private static final int DEFAULT_LIMIT = 5;
  private static final List<String> MODES = Stream.of(Mode.values()).map(Mode::word).toList();
  private static final List<String> KINDS = Stream.of(Kind.values()).map(Kind::word).toList();

  private static final List<String> FUSIONS =
      Stream.of(Fusing.Rule.values()).map(Fusing.Rule::word).toList();

  private final FilterGrammar grammar;
  private final Bound query;
  private final Bound limit;
  private final Bound ids;
  private final Fusing fusing;

  /**
   * @param fusing for requests that say nothing of it
   */
  public RecallRequests(Limits limits, MetadataSchema schema, Fusing fusing) {
    this.fusing = fusing;
    this.grammar = new FilterGrammar(FilterFields.of(schema), limits);
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
    this.limit = new Bound(limits.maxLimit(), "limits.max-limit");
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
  }

  /** A search among interactions alone; the body must not name kinds. */
  public RecallRequest interactions(byte[] body, Caller caller) {
    return parse(body, caller, Set.of(Kind.INTERACTION));
  }

  /** A search among all kinds, or those the body names. */
  public RecallRequest memories(byte[] body, Caller caller) {
    return parse(body, caller, null);
  }

  /**
   * The question of a body.
   *
   * @param caller whose tenant bounds the search, whatever the body says
   * @param fixed the kinds to search, or null when the body may name them
   * @throws Problem Malformed or Invalid with all faults
   */
  public RecallRequest parse(byte[] body, Caller caller, Set<Kind> fixed) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String words = in.string("query", true, query);
    int results = in.integer("limit", 1, limit, Math.min(DEFAULT_LIMIT, limit.max()));
    String agentId = in.id("agent_id", false, ids);
    String sessionId = in.id("session_id", false, ids);
    Set<Kind> kinds = fixed == null ? kinds(in) : fixed;
    Filter filter = filter(in);
    Mode mode = mode(in);
    Double minScore = in.decimal("min_score", -Double.MAX_VALUE, Double.MAX_VALUE);
    boolean explain = in.bool("explain", false);
    Fusing how = fusing(in);
    in.finish();
    Scope scope = new Scope(caller.tenant(), kinds, agentId, sessionId, filter);
    return new RecallRequest(words, results, mode, scope, minScore, explain, how);
  }

  private Filter filter(JsonObject in) {
    JsonNode value = in.value("filter", false);
    return value == null ? null : grammar.parse(value, in.at("filter"), in.errors()).orElse(null);
  }

  static Mode mode(JsonObject in) {
    String word = in.choice("mode", MODES);
    return word == null ? Mode.HYBRID : Mode.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private Fusing fusing(JsonObject in) {
    String rule = in.choice("fusion", FUSIONS);
    Double weight = in.decimal("lexical_weight", 0, 1);
    return new Fusing(
        rule == null ? fusing.rule() : Fusing.Rule.of(rule),
        weight == null ? fusing.lexicalWeight() : weight);
  }

  static Set<Kind> kinds(JsonObject in) {
    return in.choices("kinds", KINDS).stream()
        .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }
}
