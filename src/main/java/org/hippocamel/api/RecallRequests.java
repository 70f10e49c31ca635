package org.hippocamel.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hippocamel.config.Limits;
import org.hippocamel.config.Settings;
import org.hippocamel.memory.Kind;
import org.hippocamel.memory.MetadataSchema;
import org.hippocamel.problem.FieldError;
import org.hippocamel.problem.Problem;
import org.hippocamel.recall.Cursor;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.FilterFields;
import org.hippocamel.recall.Page;
import org.hippocamel.recall.Ranking;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.Threshold;
import org.hippocamel.search.SearchRequest;

/**
 * Reads the bodies of {@code POST /v1/search} and {@code POST /v1/interactions/search}.
 * Thread-safe.
 */
public final class RecallRequests {
  private static final int DEFAULT_LIMIT = 5;
  private static final List<String> KINDS = Stream.of(Kind.values()).map(Kind::word).toList();

  private final FilterGrammar grammar;
  private final RankingFields ranking;
  private final Bound query;
  private final Bound limit;
  private final Bound ids;
  private final boolean rerank;
  private final Bound depth;

  /**
   * @param settings for requests that say nothing of fusion and reranking, and the bounds of pool
   *     and depth
   */
  public RecallRequests(Limits limits, MetadataSchema schema, Settings.Recall settings) {
    this.rerank = settings.rerank();
    this.grammar = new FilterGrammar(FilterFields.of(schema), limits);
    this.ranking = new RankingFields(settings);
    this.query = new Bound(limits.maxQueryChars(), "limits.max-query-chars");
    this.limit = new Bound(limits.maxLimit(), "limits.max-limit");
    this.ids = new Bound(limits.maxIdChars(), "limits.max-id-chars");
    this.depth = new Bound(settings.maxDepth(), "recall.max-depth");
  }

  /** A search among interactions alone; the body must not name kinds. */
  public SearchRequest interactions(byte[] body, Caller caller) {
    return parse(body, caller, Set.of(Kind.INTERACTION));
  }

  /** A search among all kinds, or those the body names. */
  public SearchRequest memories(byte[] body, Caller caller) {
    return parse(body, caller, null);
  }

  /**
   * The question of a body.
   *
   * @param caller whose tenant bounds the search, whatever the body says
   * @param fixed the kinds to search, or null when the body may name them
   * @throws Problem Malformed or Invalid with all faults
   */
  public SearchRequest parse(byte[] body, Caller caller, Set<Kind> fixed) {
    List<FieldError> errors = new ArrayList<>();
    JsonObject in = JsonObject.of(Body.parse(body), "", errors);
    in.forbid("tenant", "the tenant comes from the API key");
    String words = in.string("query", true, query);
    int results = in.integer("limit", 1, limit, Math.min(DEFAULT_LIMIT, limit.max()));
    String agentId = in.id("agent_id", false, ids);
    String sessionId = in.id("session_id", false, ids);
    Set<Kind> kinds = fixed == null ? kinds(in) : fixed;
    Filter filter = filter(in);
    Ranking order = ranking.read(in, results);
    Threshold threshold = new Threshold(any(in, "min_score"), any(in, "min_relevance"));
    Cursor after = cursor(in);
    String space = in.id("space", false, ids);
    boolean explain = in.bool("explain", false);
    boolean reranked = in.bool("rerank", rerank && after == null);
    if (reranked && after != null) {
      in.refuse("cursor", "a reranked order has one page: leave out cursor, or rerank");
    }
    in.finish();
    Scope scope =
        new Scope(caller.tenant(), kinds, agentId, sessionId, ShownCases.within(kinds, filter));
    RecallRequest request =
        new RecallRequest(words, scope, order, Page.first(results), threshold, explain).in(space);
    return new SearchRequest(after == null ? request : continued(request, after), reranked);
  }

  private static Double any(JsonObject in, String name) {
    return in.decimal(name, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** What the filter says, and since and until. */
  private Filter filter(JsonObject in) {
    JsonNode value = in.value("filter", false);
    Filter said =
        value == null ? null : grammar.parse(value, in.at("filter"), in.errors()).orElse(null);
    Instant since = in.instant("since");
    Instant until = in.instant("until");
    if (since != null && until != null && !since.isBefore(until)) {
      in.refuse("until", "until " + until + " is not after since " + since);
    }
    List<Filter> all =
        Stream.of(
                said,
                since == null ? null : bound(Filter.Order.GTE, since),
                until == null ? null : bound(Filter.Order.LT, until))
            .filter(Objects::nonNull)
            .toList();
    return all.isEmpty() ? null : all.size() == 1 ? all.get(0) : new Filter.And(all);
  }

  private static Filter bound(Filter.Order order, Instant time) {
    return new Filter.Range("occurred_at", order, time);
  }

  static Set<Kind> kinds(JsonObject in) {
    return in.choices("kinds", KINDS).stream()
        .map(word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
  }

  private Cursor cursor(JsonObject in) {
    String text = in.string("cursor", false, Bound.fixed(Cursor.MAX_CHARS));
    Optional<Cursor> cursor = text == null ? Optional.empty() : Cursor.parse(text);
    if (text != null && cursor.isEmpty()) {
      in.refuse("cursor", "cursor is none that a reply gave as next_cursor");
    }
    return cursor.orElse(null);
  }

  /**
   * The page behind a cursor, cut where a search ends.
   *
   * @throws Problem Invalid when the cursor belongs to another request, or there is no page
   */
  private RecallRequest continued(RecallRequest request, Cursor after) {
    List<String> others = after.differences(request);
    if (!others.isEmpty()) {
      throw Problem.invalid(
          "/cursor",
          "cursor belongs to a search that differs in "
              + String.join(" and in ", others)
              + "; send the same request with it, only limit and explain may differ");
    }
    int left = depth.max() - after.depth();
    if (left <= 0) {
      throw Problem.invalid(
          "/cursor",
          "a search goes "
              + depth
              + " results deep, and "
              + after.depth()
              + " were given; ask for less with filter, since or until");
    }
    return request.with(new Page(Math.min(request.limit(), left), after));
  }
}
