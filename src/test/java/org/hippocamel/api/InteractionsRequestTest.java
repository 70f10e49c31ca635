package org.hippocamel.api;

import static org.hippocamel.api.Refusals.body;
import static org.hippocamel.api.Refusals.lines;
import static org.hippocamel.api.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hippocamel.config.Limits;
import org.hippocamel.memory.Draft;
import org.hippocamel.memory.Kind;
import org.hippocamel.problem.Problem;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.Test;

class InteractionsRequestTest {
  private static final String GOOD = "{'agent_id':'a','text':'t'}";

  private final InteractionsRequest request =
      new InteractionsRequest(Limits.defaults(), Refusals.schema());

  @Test
  void parse_readsEveryField() {
    Interactions read =
        request.parse(
            body(
                "{'agent_id':' support-1 ','text':' Hallo 😀 ','metadata':{'topic':'x','n':null,"
                    + "'published':'2026-01-31'},'session_id':'s','id':'i','occurred_at':"
                    + "'2026-01-31T12:00:00+01:00','links':['m1','m2'],'expires_at':'2020-01-01'}"),
            "application/json");
    assertTrue(read.single());
    Draft draft = read.items().get(0).draft();
    assertEquals(
        new Draft(
            Kind.INTERACTION,
            "i",
            "support-1",
            "s",
            " Hallo 😀 ",
            Map.of("topic", "x", "published", Instant.parse("2026-01-31T00:00:00Z")),
            Instant.parse("2026-01-31T11:00:00Z"),
            Instant.parse("2020-01-01T00:00:00Z"),
            List.of("m1", "m2"),
            null),
        draft);
  }

  @Test
  void parse_takesNullAsAbsent() {
    Draft draft = only("{'agent_id':'a','text':'t','id':null,'metadata':null,'links':null}");
    assertNull(draft.id());
    assertEquals(Map.of(), draft.metadata());
    assertEquals(List.of(), draft.links());
  }

  @Test
  void parse_reportsAllFaultsTogether() {
    assertEquals(
        List.of(
            "/tenant: the tenant comes from the API key",
            "/agent_id: agent_id is required",
            "/text: text must not be empty",
            "/metadata/topic: metadata field \"topic\" is declared as string (memory.filterable),"
                + " is the number 1",
            "/occurred_at: occurred_at \"yesterday\" is not an ISO-8601 date; write 2026-01-31 or"
                + " 2026-01-31T12:00:00Z",
            "/agentid: unknown field \"agentid\"; did you mean \"agent_id\"?"),
        refused(
            () ->
                one(
                    "{'agentid':'a','text':'  ','tenant':'b','metadata':{'topic':1},"
                        + "'occurred_at':'yesterday'}")));
  }

  @Test
  void parse_refusesWrongTypes() {
    assertEquals(
        List.of(
            "/agent_id: agent_id must be a string, is the number 7",
            "/text: text must be a string, is a list",
            "/metadata: metadata must be an object, is the string \"x\"",
            "/session_id: session_id must be a string, is the boolean true",
            "/id: id must not be empty",
            "/occurred_at: occurred_at 17 is not an ISO-8601 date; write 2026-01-31 or"
                + " 2026-01-31T12:00:00Z",
            "/links: links must be a list, is an object"),
        refused(
            () ->
                one(
                    "{'agent_id':7,'text':['t'],'metadata':'x','session_id':true,'id':'',"
                        + "'occurred_at':17,'links':{}}")));
  }

  @Test
  void parse_refusesLongTextAndIds() {
    assertEquals(
        List.of(
            "/agent_id: agent_id has 201 characters, the limit is 200 (limits.max-id-chars)",
            "/text: text has 32001 characters, the limit is 32000 (limits.max-text-chars)"),
        refused(
            () ->
                one("{'agent_id':'" + "a".repeat(201) + "','text':'" + "t".repeat(32_001) + "'}")));
  }

  @Test
  void parse_refusesControlCharactersInIds() {
    assertEquals(
        List.of("/agent_id: agent_id must not contain control characters, has one at character 1"),
        refused(() -> one("{'agent_id':'a\\u0000b','text':'t'}")));
  }

  @Test
  void parse_refusesHalfASurrogatePair() {
    assertEquals(
        List.of("/text: text is not Unicode: half a surrogate pair at character 1"),
        refused(() -> one("{'agent_id':'a','text':'x\\ud83d'}")));
  }

  @Test
  void parse_refusesBadLinks() {
    assertEquals(
        List.of(
            "/links/1: links must hold strings, got a number",
            "/links/2: an id in links must not be empty"),
        refused(() -> one("{'agent_id':'a','text':'t','links':['m',1,'']}")));
    assertEquals(
        List.of("/links: links has 51 entries, the limit is 50"),
        refused(() -> one("{'agent_id':'a','text':'t','links':[" + "'m',".repeat(50) + "'m']}")));
  }

  @Test
  void parse_refusesWhatIsNoObject() {
    assertEquals(List.of(": expected a JSON object, got a string"), refused(() -> one("'hello'")));
    assertEquals(List.of(": expected a JSON object, got null"), refused(() -> one("null")));
  }

  @Test
  void parse_keepsNeighboursOfAFaultyItem() {
    Interactions read = one("[" + GOOD + ",{'agent_id':'a','text':''},7," + GOOD + "]");
    assertFalse(read.single());
    assertEquals(List.of(0, 3), read.items().stream().map(Interactions.Item::position).toList());
    assertEquals(2, read.drafts().size());
    assertEquals(
        List.of("/1/text: text must not be empty"),
        lines(read.rejected().get(0).problem().errors()));
    assertEquals(
        List.of("/2: expected a JSON object, got a number"),
        lines(read.rejected().get(1).problem().errors()));
    assertEquals(2, read.rejected().get(1).position());
  }

  @Test
  void parse_readsNdjsonByContentType() {
    Interactions read =
        request.parse(
            body(GOOD + "\r\n\n{'agent_id':}\n" + GOOD + "\n"),
            "application/x-ndjson; charset=utf-8");
    assertEquals(List.of(0, 2), read.items().stream().map(Interactions.Item::position).toList());
    Problem problem = read.rejected().get(0).problem();
    assertEquals(ProblemKind.MALFORMED, problem.kind());
    assertEquals(
        List.of(
            "/1: the body is not JSON at line 3, column 13: Unexpected character ('}' (code 125)):"
                + " expected a valid value"),
        lines(problem.errors()));
  }

  @Test
  void parse_readsNdjsonByItsFirstTwoLines() {
    assertEquals(2, one(GOOD + "\n" + GOOD).items().size());
    assertFalse(one(GOOD + "\n" + GOOD).single());
    assertTrue(one("{'agent_id':'a',\n'text':'{'\n}").single());
    assertTrue(request.parse(body(GOOD + "\n\n"), null).single());
  }

  @Test
  void parse_takesOneNdjsonLineAsAList() {
    assertFalse(request.parse(body(GOOD), "application/x-ndjson").single());
  }

  @Test
  void parse_refusesEmptyLists() {
    List<String> empty = List.of(": the list is empty; send at least one interaction");
    assertEquals(empty, refused(() -> one("[]")));
    assertEquals(empty, refused(() -> request.parse(body("\n"), "application/x-ndjson")));
  }

  @Test
  void parse_refusesTooManyItemsAsAWhole() {
    InteractionsRequest small =
        new InteractionsRequest(
            new Limits(100, 100, 2, 2, 0, 4, 100, 100, 100, 10, 4, 10), Refusals.schema());
    String list = "[" + GOOD + "," + GOOD + "," + GOOD + "]";
    String lines = GOOD + "\n" + GOOD + "\n" + GOOD;
    for (String many : List.of(list, lines)) {
      Problem problem = assertThrows(Problem.class, () -> small.parse(body(many), null));
      assertEquals(ProblemKind.TOO_LARGE, problem.kind());
      assertEquals(
          "3 interactions in one request, the limit is 2 (limits.max-items); send them in several",
          problem.getMessage());
    }
  }

  @Test
  void parse_refusesABrokenArrayAsAWhole() {
    Problem problem = assertThrows(Problem.class, () -> one("[" + GOOD + ",{]"));
    assertEquals(ProblemKind.MALFORMED, problem.kind());
  }

  @Test
  void parse_escapesPointersAndShortensUnknownNames() {
    assertEquals(
        List.of(
            "/a~1b~0c: unknown field \"a/b~c\"",
            "/" + "z".repeat(60) + ": unknown field \"" + "z".repeat(40) + "…\""),
        refused(() -> one("{'agent_id':'a','text':'t','a/b~c':1,'" + "z".repeat(60) + "':2}")));
  }

  @Test
  void parse_namesTenUnknownFieldsAndCountsTheRest() {
    StringBuilder json = new StringBuilder("{'agent_id':'a','text':'t'");
    for (int i = 0; i < 25; i++) {
      json.append(",'unknown-field-").append(i).append("':1");
    }
    List<String> errors = refused(() -> one(json + "}"));
    assertEquals(11, errors.size());
    assertEquals(": and 15 more unknown fields", errors.get(10));
  }

  private Interactions one(String json) {
    return request.parse(body(json), null);
  }

  private Draft only(String json) {
    assertTrue(one(json).rejected().isEmpty());
    return request
        .parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "application/json")
        .items()
        .get(0)
        .draft();
  }
}
