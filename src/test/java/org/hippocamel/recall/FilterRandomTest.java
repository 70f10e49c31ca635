package org.hippocamel.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;
import org.hippocamel.api.Caller;
import org.hippocamel.api.RecallRequests;
import org.hippocamel.api.Refusals;
import org.hippocamel.api.Role;
import org.hippocamel.config.Limits;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class FilterRandomTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FILTERS = 10_000;

  private final RecallRequests requests =
      new RecallRequests(Limits.defaults(), Refusals.schema(), TestRecall.settings());
  private final Caller caller = Caller.of("acme", Role.READER);

  @Test
  void anyFilter_compilesWithTheTenantOrIsInvalid() throws JsonProcessingException {
    RandomFilters filters = new RandomFilters(42, 0.08);
    int compiled = 0;
    for (int i = 0; i < FILTERS; i++) {
      ObjectNode request = JSON.createObjectNode().put("query", "q");
      request.set("filter", filters.next());
      compiled += compiles(request) ? 1 : 0;
    }
    assertTrue(compiled > FILTERS / 10, compiled + " compiled");
    assertTrue(compiled < FILTERS * 9 / 10, compiled + " compiled");
  }

  private boolean compiles(ObjectNode request) throws JsonProcessingException {
    // Half a surrogate pair only survives as an escape; UTF-8 has no form for it.
    String json = JSON.writeValueAsString(request).replace("\ud83d half", "\\ud83d half");
    Scope scope;
    try {
      scope = requests.memories(json.getBytes(StandardCharsets.UTF_8), caller).question().scope();
    } catch (Problem problem) {
      assertEquals(ProblemKind.INVALID, problem.kind(), json);
      assertFalse(problem.errors().isEmpty(), json);
      problem.errors().forEach(error -> assertTrue(error.pointer().startsWith("/filter"), json));
      return false;
    }
    Document vector = scope.vectorFilter();
    vector.toBsonDocument();
    List<Document> conditions = vector.getList("$and", Document.class);
    assertEquals(Document.parse("{tenant: {$eq: 'acme'}}"), conditions.get(0), json);
    assertEquals(1, vector.size(), json);
    List<Document> clauses = scope.searchFilters();
    clauses.forEach(Document::toBsonDocument);
    assertEquals(Document.parse("{equals: {path: 'tenant', value: 'acme'}}"), clauses.get(0), json);
    return true;
  }
}
