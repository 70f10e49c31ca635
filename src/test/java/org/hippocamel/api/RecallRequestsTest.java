package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.RecallRequest;
import org.hippocamel.recall.Scope;
import org.hippocamel.recall.TestRecall;
import org.junit.jupiter.api.Test;

class RecallRequestsTest {
  private final RecallRequests requests =
      new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.SCORES);
  private final Caller caller = Caller.of("acme", Role.READER);

  @Test
  void memories_readsEveryField() {
    RecallRequest read =
        any(
            "{'query':'why?','limit':7,'agent_id':'a','session_id':'s','kinds':['case','passage'],"
                + "'filter':{'topic':'x'},'mode':'vector','min_score':0.5,'explain':true}");
    Scope scope =
        new Scope(
            "acme",
            Set.of(Kind.PASSAGE, Kind.CASE),
            "a",
            "s",
            new Filter.Eq("metadata.topic", "x"));
    assertEquals(
        new RecallRequest("why?", 7, Mode.VECTOR, scope, 0.5, true, TestRecall.SCORES), read);
  }

  @Test
  void memories_hasDefaults() {
    RecallRequest read = any("{'query':'why?'}");
    assertEquals(
        new RecallRequest("why?", 5, Mode.HYBRID, Scope.of("acme"), null, false, TestRecall.SCORES),
        read);
    assertNull(read.minScore());
  }

  @Test
  void interactions_searchesInteractionsAlone() {
    RecallRequest read = requests.interactions(body("{'query':'why?'}"), caller);
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
            "/rerank: unknown field \"rerank\""),
        refused(
            () ->
                any(
                    "{'kinds':['cases'],'filter':{'colour':1},'mode':'fast','min_score':'high',"
                        + "'explain':1,'rerank':true,'tenant':'b'}")));
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
  void scope_alwaysBeginsWithTheTenant() {
    Scope scope =
        any("{'query':'q','agent_id':'a','session_id':'s','kinds':['case','interaction'],"
                + "'filter':{'or':[{'topic':'x'},{'topic':'y'}]}}")
            .scope();
    assertEquals(
        Document.parse(
            "{$and: [{tenant: {$eq: 'acme'}}, {kind: {$in: ['interaction', 'case']}},"
                + " {agent_id: {$eq: 'a'}}, {session_id: {$eq: 's'}},"
                + " {$or: [{'metadata.topic': {$eq: 'x'}}, {'metadata.topic': {$eq: 'y'}}]}]}"),
        scope.vectorFilter());
    assertEquals(
        List.of(
            Document.parse("{equals: {path: 'tenant', value: 'acme'}}"),
            Document.parse("{in: {path: 'kind', value: ['interaction', 'case']}}"),
            Document.parse("{equals: {path: 'agent_id', value: 'a'}}"),
            Document.parse("{equals: {path: 'session_id', value: 's'}}"),
            Document.parse(
                "{compound: {should: [{equals: {path: 'metadata.topic', value: 'x'}}, {equals:"
                    + " {path: 'metadata.topic', value: 'y'}}], minimumShouldMatch: 1}}")),
        scope.searchFilters());
  }

  private RecallRequest any(String json) {
    return requests.memories(body(json), caller);
  }
}
