package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.hippocamel.graph.ContextRequest;
import org.hippocamel.graph.ContextRequest.Walk;
import org.hippocamel.memory.Kind;
import org.hippocamel.recall.Filter;
import org.hippocamel.recall.Mode;
import org.hippocamel.recall.Scope;
import org.junit.jupiter.api.Test;

class ContextRequestsTest {
  private static final ContextRequests REQUESTS = TestContextRequests.shipped();

  private static ContextRequest read(String json) {
    return REQUESTS.parse(body(json), Caller.of("acme", Role.READER));
  }

  @Test
  void parse_readsEveryField() {
    ContextRequest read =
        read(
            "{'query':'why?','k':20,'token_budget':100,'agent_id':'a','session_id':'s',"
                + "'kinds':['case','passage'],'filter':{'topic':'x'},'mode':'vector',"
                + "'graph':{'hops':2,'weight':0.25},'rerank':true,'diversity':{'lambda':0.5},"
                + "'space':'m-3','explain':true}");
    assertEquals("why?", read.question().query());
    assertEquals(Mode.VECTOR, read.question().mode());
    assertEquals(
        new Scope(
            "acme",
            Set.of(Kind.PASSAGE, Kind.CASE),
            "a",
            "s",
            ShownCases.within(Set.of(Kind.CASE), new Filter.Eq("metadata.topic", "x"))),
        read.question().scope());
    assertEquals(40, read.question().limit(), "twice as many candidates as memories wanted");
    assertEquals(20, read.k());
    assertEquals(100, read.tokenBudget());
    assertEquals(new Walk(2, 0.25), read.walk());
    assertTrue(read.rerank());
    assertEquals(0.5, read.lambda());
    assertTrue(read.explain());
    assertEquals("m-3", read.question().space());
  }

  @Test
  void parse_hasTheDefaultsOfTheSettings() {
    ContextRequest read = read("{'query':'why?'}");
    assertEquals(5, read.k());
    assertEquals(30, read.question().limit());
    assertEquals(4_000, read.tokenBudget());
    assertEquals(Walk.NONE, read.walk());
    assertFalse(read.rerank());
    assertNull(read.lambda());
    assertEquals(
        new Scope("acme", Set.of(), null, null, ShownCases.within(Set.of(), null)),
        read.question().scope());
  }

  @Test
  void stages_areSwitchedByTrueAndFalse() {
    ContextRequest on = read("{'query':'q','graph':true,'diversity':true}");
    assertEquals(new Walk(1, 0.5), on.walk());
    assertEquals(0.7, on.lambda());
    ContextRequest off = read("{'query':'q','graph':false,'diversity':false}");
    assertEquals(Walk.NONE, off.walk());
    assertFalse(off.diverse());
    assertEquals(new Walk(1, 0.5), read("{'query':'q','graph':{}}").walk());
  }

  @Test
  void faults_areNamedTogether() {
    assertEquals(
        List.of(
            "/k: k 51 is above 50 (context.max-k)",
            "/token_budget: token_budget 32001 is above 32000 (context.max-token-budget)",
            "/graph/hops: hops 3 is above 2",
            "/graph/step: unknown field \"step\"",
            "/diversity/lambda: lambda 2 is not in 0.0 to 1.0",
            "/limit: unknown field \"limit\""),
        refused(
            () ->
                read(
                    "{'query':'q','k':51,'token_budget':32001,'graph':{'hops':3,'step':1},"
                        + "'diversity':{'lambda':2},'limit':5}")));
    assertEquals(
        List.of(
            "/tenant: the tenant comes from the API key",
            "/query: query is required",
            "/graph: graph must be true or false, is the number 1"),
        refused(() -> read("{'tenant':'x','graph':1}")));
  }
}
