package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Cursor;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Freshness;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Page;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.TestCursors;
import org.hippocamel.recall.TestRecall;
import org.hippocamel.recall.Threshold;
import org.junit.jupiter.api.Test;

class RecallRequestsTest {
  private final RecallRequests requests =
      new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings());
  private final Caller caller = Caller.of("acme", Role.READER);

  @Test
  void memories_readsEveryField() {
    RecallRequest read =
        any(
            "{'query':'why?','limit':7,'agent_id':'a','session_id':'s','kinds':['case','passage'],"
                + "'filter':{'topic':'x'},'mode':'vector','min_score':0.5,'min_relevance':2,'explain':true}");
    Scope scope =
        new Scope(
            "acme",
            Set.of(Kind.PASSAGE, Kind.CASE),
            "a",
            "s",
            ShownCases.within(Set.of(Kind.CASE), new Filter.Eq("metadata.topic", "x")));
    assertEquals(
        RecallRequest.of("why?", scope, TestRecall.in(Mode.VECTOR), 7)
            .with(new Threshold(0.5, 2.0))
            .explained(),
        read);
  }

  @Test
  void memories_hasDefaults() {
    RecallRequest read = any("{'query':'why?'}");
    Scope scope = new Scope("acme", Set.of(), null, null, ShownCases.within(Set.of(), null));
    assertEquals(RecallRequest.of("why?", scope, TestRecall.in(Mode.HYBRID), 5), read);
    assertNull(read.threshold().minScore());
  }

  @Test
  void interactions_searchesInteractionsAlone() {
    RecallRequest read = requests.interactions(body("{'query':'why?'}"), caller).question();
    assertEquals(Set.of(Kind.INTERACTION), read.scope().kinds());
    assertEquals(
        List.of("/kinds: unknown field \"kinds\""),
        refused(() -> requests.interactions(body("{'query':'q','kinds':['case']}"), caller)));
  }

  @Test
  void limit_isBounded() {
    assertEquals(
        List.of("/limit: limit 500 is above 200 (limits.max-limit)"),
        refused(() -> any("{'query':'q','limit':500}")));
    assertEquals(
        List.of("/limit: limit 0 is below 1"), refused(() -> any("{'query':'q','limit':0}")));
    assertEquals(
        List.of("/limit: limit must be a whole number, is the number 5.5"),
        refused(() -> any("{'query':'q','limit':5.5}")));
    assertEquals(
        List.of("/limit: limit must be a whole number, is the string \"5\""),
        refused(() -> any("{'query':'q','limit':'5'}")));
    assertEquals(
        List.of(
            "/limit: limit 1234567890123456789012345678901234567890… is above 200"
                + " (limits.max-limit)"),
        refused(() -> any("{'query':'q','limit':123456789012345678901234567890123456789012345}")));
  }

  @Test
  void everyFault_isReported() {
    assertEquals(
        List.of(
            "/tenant: the tenant comes from the API key",
            "/query: query is required",
            "/kinds/0: kinds \"cases\" is not one of interaction, passage, case",
            "/filter/colour: cannot filter on \"colour\"; fields are agent_id, session_id, kind,"
                + " source_id, occurred_at, created_at, updated_at, case_status, case_reward,"
                + " task_type, tools, done, published, topic, year (memory.filterable)",
            "/mode: mode \"fast\" is not one of vector, lexical, hybrid",
            "/min_score: min_score must be a number, is the string \"high\"",
            "/explain: explain must be true or false, is the number 1",
            "/rerank: rerank must be true or false, is the string \"yes\"",
            "/reranker: unknown field \"reranker\"; did you mean \"rerank\"?"),
        refused(
            () ->
                any(
                    "{'kinds':['cases'],'filter':{'colour':1},'mode':'fast','min_score':'high',"
                        + "'explain':1,'rerank':'yes','reranker':'x','tenant':'b'}")));
  }

  @Test
  void query_isBounded() {
    assertEquals(List.of("/query: query must not be empty"), refused(() -> any("{'query':' '}")));
    assertEquals(
        List.of("/query: query has 8001 characters, the limit is 8000 (limits.max-query-chars)"),
        refused(() -> any("{'query':'" + "q".repeat(8_001) + "'}")));
  }

  @Test
  void kinds_mustNameOne() {
    assertEquals(
        List.of("/kinds: kinds must not be an empty list; leave it out for all"),
        refused(() -> any("{'query':'q','kinds':[]}")));
  }

  @Test
  void minScore_isFinite() {
    assertEquals(
        List.of("/min_score: min_score is a number beyond 64 bits"),
        refused(() -> any("{'query':'q','min_score':1e999}")));
  }

  @Test
  void sinceAndUntil_boundTheTimeOfWhatHappened_besideTheFilter() {
    assertEquals(
        new Filter.And(
            List.of(
                new Filter.Eq("metadata.topic", "x"),
                new Filter.Range(
                    "occurred_at", Filter.Order.GTE, Instant.parse("2026-01-01T00:00:00Z")),
                new Filter.Range(
                    "occurred_at", Filter.Order.LT, Instant.parse("2026-01-31T12:00:00Z")))),
        any("{'query':'q','kinds':['passage'],'filter':{'topic':'x'},'since':'2026-01-01',"
                + "'until':'2026-01-31T13:00:00+01:00'}")
            .scope()
            .filter());
    assertEquals(
        new Filter.Range("occurred_at", Filter.Order.LT, Instant.parse("2026-02-01T00:00:00Z")),
        any("{'query':'q','kinds':['passage'],'until':'2026-02-01'}").scope().filter());
  }

  @Test
  void sinceAndUntil_areDatesInTheirOrder() {
    assertEquals(
        List.of("/until: until 2026-01-01T00:00:00Z is not after since 2026-02-01T00:00:00Z"),
        refused(() -> any("{'query':'q','since':'2026-02-01','until':'2026-01-01'}")));
    assertEquals(
        List.of("/until: until 2026-01-01T00:00:00Z is not after since 2026-01-01T00:00:00Z"),
        refused(() -> any("{'query':'q','since':'2026-01-01','until':'2026-01-01'}")));
    assertEquals(
        List.of(
            "/since: since \"yesterday\" is not an ISO-8601 date; write 2026-01-31 or"
                + " 2026-01-31T12:00:00Z",
            "/until: until 5 is not an ISO-8601 date; write 2026-01-31 or"
                + " 2026-01-31T12:00:00Z"),
        refused(() -> any("{'query':'q','since':'yesterday','until':5}")));
  }

  @Test
  void pool_liesBetweenTheLimitAndItsBound() {
    assertEquals(77, any("{'query':'q','pool':77}").ranking().pool());
    assertNull(any("{'query':'q'}").ranking().pool());
    assertEquals(
        List.of("/pool: pool 9 is below limit 10"),
        refused(() -> any("{'query':'q','limit':10,'pool':9}")));
    assertEquals(
        List.of("/pool: pool 4001 is above 4000 (recall.max-pool)"),
        refused(() -> any("{'query':'q','pool':4001}")));
    assertEquals(
        List.of("/pool: pool must be a whole number, is the string \"all\""),
        refused(() -> any("{'query':'q','pool':'all'}")));
  }

  @Test
  void freshness_hasAWeightAndAHalfLife() {
    assertEquals(
        new Freshness(0.5, 30),
        any("{'query':'q','freshness':{'weight':0.5,'half_life_days':30}}").ranking().freshness());
    assertNull(any("{'query':'q'}").ranking().freshness());
    assertNull(
        any("{'query':'q','freshness':{'weight':0,'half_life_days':30}}").ranking().freshness());
    assertEquals(
        List.of(
            "/freshness/weight: weight is required",
            "/freshness/half_life_days: half_life_days 0 is not in 0.001 to 36500.0",
            "/freshness/days: unknown field \"days\""),
        refused(() -> any("{'query':'q','freshness':{'half_life_days':0,'days':1}}")));
    assertEquals(
        List.of(
            "/freshness: freshness must be an object of weight and half_life_days, is a number"),
        refused(() -> any("{'query':'q','freshness':1}")));
    assertEquals(
        List.of(
            "/freshness: freshness is added to calibrated scores; fusion rrf has reciprocal"
                + " ranks"),
        refused(
            () ->
                any("{'query':'q','fusion':'rrf','freshness':{'weight':1,'half_life_days':30}}")));
  }

  @Test
  void cursor_goesOnWithItsOwnRequest() {
    RecallRequest first = any("{'query':'q','filter':{'topic':'x'},'lexical_weight':0.3}");
    String cursor = TestCursors.behind(first, 5, 0.5, "a").text();
    RecallRequest next =
        any(
            "{'lexical_weight':0.3,'query':'q','limit':9,'explain':true,'filter':{'topic':'x'},"
                + "'cursor':'"
                + cursor
                + "'}");
    assertEquals(first.explained().with(new Page(9, Cursor.parse(cursor).orElseThrow())), next);
    assertEquals(
        List.of(
            "/cursor: cursor belongs to a search that differs in query and in mode, fusion,"
                + " lexical_weight, freshness or pool; send the same request with it, only limit"
                + " and explain may differ"),
        refused(() -> any("{'query':'p','filter':{'topic':'x'},'cursor':'" + cursor + "'}")));
  }

  @Test
  void cursor_doesNotGoWithReranking() {
    String cursor = TestCursors.behind(any("{'query':'q'}"), 5, 1, "a").text();
    String paged = "{'query':'q','cursor':'" + cursor + "'";
    assertEquals(
        List.of("/cursor: a reranked order has one page: leave out cursor, or rerank"),
        refused(() -> any(paged + ",'rerank':true}")));
    RecallRequests on =
        new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings(true));
    assertFalse(on.memories(body(paged + "}"), caller).rerank(), "only where it was asked for");
  }

  @Test
  void cursor_ofAnotherTenantOrPath_isRefused() {
    RecallRequest first = any("{'query':'q'}");
    byte[] body =
        body("{'query':'q','cursor':'" + TestCursors.behind(first, 5, 1, "a").text() + "'}");
    assertEquals(
        List.of(
            "/cursor: cursor belongs to a search that differs in tenant; send the same request with"
                + " it, only limit and explain may differ"),
        refused(() -> requests.memories(body, Caller.of("beta", Role.READER))));
    assertEquals(
        List.of(
            "/cursor: cursor belongs to a search that differs in kinds, agent_id, session_id,"
                + " filter, since or until; send the same request with it, only limit and explain may"
                + " differ"),
        refused(() -> requests.interactions(body, caller)));
  }

  @Test
  void cursor_isNoneThatSomebodyMadeUp() {
    for (String text : List.of("1", "abc", "%%%", "x".repeat(2_000))) {
      assertEquals(
          List.of("/cursor: cursor is none that a reply gave as next_cursor"),
          refused(() -> any("{'query':'q','cursor':'" + text + "'}")));
    }
    assertEquals(
        List.of("/cursor: cursor has 4001 characters, the limit is 4000"),
        refused(() -> any("{'query':'q','cursor':'" + "x".repeat(4_001) + "'}")));
  }

  @Test
  void search_goesSoManyResultsDeep() {
    RecallRequest first = any("{'query':'q'}");
    String last = TestCursors.behind(first, 995, 0.5, "a").text();
    assertEquals(5, any("{'query':'q','limit':50,'cursor':'" + last + "'}").limit());
    String end = TestCursors.behind(first, 1_000, 0.5, "a").text();
    assertEquals(
        List.of(
            "/cursor: a search goes 1000 (recall.max-depth) results deep, and 1000 were given; ask"
                + " for less with filter, since or until"),
        refused(() -> any("{'query':'q','cursor':'" + end + "'}")));
  }

  @Test
  void scope_alwaysBeginsWithTheTenant() {
    Scope scope =
        any("{'query':'q','agent_id':'a','session_id':'s','kinds':['passage','interaction'],"
                + "'filter':{'or':[{'topic':'x'},{'topic':'y'}]}}")
            .scope();
    assertEquals(
        Document.parse(
            "{$and: [{tenant: {$eq: 'acme'}}, {kind: {$in: ['interaction', 'passage']}},"
                + " {agent_id: {$eq: 'a'}}, {session_id: {$eq: 's'}},"
                + " {$or: [{'metadata.topic': {$eq: 'x'}}, {'metadata.topic': {$eq: 'y'}}]}]}"),
        scope.vectorFilter());
    assertEquals(
        List.of(
            Document.parse("{equals: {path: 'tenant', value: 'acme'}}"),
            Document.parse("{in: {path: 'kind', value: ['interaction', 'passage']}}"),
            Document.parse("{equals: {path: 'agent_id', value: 'a'}}"),
            Document.parse("{equals: {path: 'session_id', value: 's'}}"),
            Document.parse(
                "{compound: {should: [{equals: {path: 'metadata.topic', value: 'x'}}, {equals:"
                    + " {path: 'metadata.topic', value: 'y'}}], minimumShouldMatch: 1}}")),
        scope.searchFilters());
  }

  @Test
  void rerank_isWhatTheSettingSays_unlessTheRequestDoes() {
    RecallRequests on =
        new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings(true));
    assertFalse(requests.memories(body("{'query':'q'}"), caller).rerank());
    assertTrue(requests.memories(body("{'query':'q','rerank':true}"), caller).rerank());
    assertTrue(on.interactions(body("{'query':'q'}"), caller).rerank());
    assertFalse(on.interactions(body("{'query':'q','rerank':false}"), caller).rerank());
  }

  private RecallRequest any(String json) {
    return requests.memories(body(json), caller).question();
  }
}
