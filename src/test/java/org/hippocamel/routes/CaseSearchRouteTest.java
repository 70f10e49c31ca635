package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding cases over REST, crediting runs, and what learned values are worth. */
class CaseSearchRouteTest {
  private static final String SEARCH = "/v1/cases/search";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open(RunningBundle.newFolder(), Map.of("cases.holdout", "0.5"));
    bundle = stubbed.bundle();
    ask(
        """
        {"id": "s1", "agent_id": "shelf", "problem": "shelf one", "solution": "plank", "task_type": "wood", "tools": ["saw"], "metadata": {"topic": "oak"}, "occurred_at": "2020-01-01", "outcome": {"status": "success", "reward": 0.6}}
        {"id": "s2", "agent_id": "shelf", "problem": "shelf two", "solution": "board", "task_type": "wood", "tools": ["saw", "drill"], "outcome": {"status": "success"}}
        {"id": "s3", "agent_id": "shelf", "problem": "shelf three", "solution": "glue", "task_type": "glass", "outcome": {"status": "success", "reward": 0.9}}
        {"id": "f1", "agent_id": "shelf", "problem": "shelf four", "solution": "tape", "outcome": {"status": "failure", "note": "It fell."}}
        {"id": "f2", "agent_id": "shelf", "problem": "shelf five", "solution": "rope", "tools": ["knife"], "outcome": {"status": "failure"}}
        {"id": "p1", "agent_id": "shelf", "problem": "shelf six", "solution": "hope"}
        """);
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "lexical", "hybrid"})
  void search_keepsWhatWorkedApartFromWhatDidNot(String mode) {
    JsonNode reply = search(shelf().put("k_negative", 5).put("mode", mode));
    assertEquals(Set.of("s1", "s2", "s3"), ids(reply.get("results")));
    assertEquals(Set.of("f1", "f2"), ids(reply.get("negatives")));
    assertEquals(mode, reply.get("mode").asText());
    assertEquals("kernel", reply.get("ranking").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"min_reward\": 0.8}                     | s2 s3 | f1 f2",
        "{\"max_age_days\": 30}                    | s2 s3 | f1 f2",
        "{\"task_type\": \"wood\"}                 | s1 s2 |",
        "{\"tools\": [\"saw\", \"knife\"]}         | s1 s3 | f1 f2",
        "{\"tools\": []}                           | s3    | f1",
        "{\"filter\": {\"topic\": \"oak\"}}        | s1    |",
        "{\"filter\": {\"not\": {\"tools\": \"drill\"}}} | s1 s3 | f1 f2",
        "{\"agent_id\": \"nobody\"}                |       |"
      })
  void search_asksForConditionsInsideTheSearch(
      String conditions, String positives, String negatives) throws Exception {
    for (String mode : List.of("vector", "lexical", "hybrid")) {
      ObjectNode body = shelf().put("k_negative", 5).put("mode", mode);
      body.setAll((ObjectNode) JSON.readTree(conditions));
      JsonNode reply = search(body);
      assertEquals(words(positives), ids(reply.get("results")), mode);
      assertEquals(words(negatives), ids(reply.get("negatives")), mode);
      assertEquals(
          words(positives).isEmpty() && words(negatives).isEmpty(),
          reply.has("no_similar_case"),
          mode);
    }
  }

  @Test
  void search_givesAsManyAsThereAre_howeverManyFailed() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      lines.append(
          """
          {"agent_id": "crowd", "problem": "crowded", "solution": "bad %d", "outcome": {"status": "failure"}}
          """
              .formatted(i));
    }
    for (int i = 0; i < 3; i++) {
      lines.append(
          """
          {"agent_id": "crowd", "problem": "crowded, but %d", "solution": "good", "outcome": {"status": "success"}}
          """
              .formatted(i));
    }
    ask(lines.toString());
    JsonNode reply = search(body("crowded").put("agent_id", "crowd").put("min_similarity", -100));
    assertEquals(3, reply.get("results").size());
  }

  @Test
  void search_showsOneOfEachProblem_andLooksFurtherForOthers() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append(
          """
          {"agent_id": "twins", "problem": "the same problem", "solution": "answer %d", "outcome": {"status": "success"}}
          """
              .formatted(i));
    }
    lines.append(
        """
        {"agent_id": "twins", "problem": "another one", "solution": "else", "outcome": {"status": "success"}}
        """);
    ask(lines.toString());
    JsonNode reply =
        search(
            body("the same problem")
                .put("agent_id", "twins")
                .put("k", 2)
                .put("mode", "vector")
                .put("min_similarity", -100));
    List<String> problems = new ArrayList<>();
    reply.get("results").forEach(hit -> problems.add(hit.get("problem").asText()));
    assertEquals(List.of("the same problem", "another one"), problems);
  }

  @Test
  void search_saysWhenNothingIsSimilar() {
    JsonNode reply = search(body("something that nobody ever met").put("k_negative", 3));
    assertEquals(0, reply.get("results").size());
    assertEquals(0, reply.get("negatives").size());
    assertTrue(reply.get("no_similar_case").asBoolean());
    JsonNode same = search(body("shelf three"));
    assertEquals("s3", same.at("/results/0/id").asText());
    assertEquals(1, same.at("/results/0/similarity").asDouble(), 0.4);
    assertFalse(same.has("no_similar_case"));
  }

  @Test
  void search_embedsTheProblemOnce_withoutTheSpacesInstruction() {
    search(body("never asked before").put("k_negative", 3));
    assertEquals(List.of("never asked before"), stubbed.embedded());
  }

  @Test
  void values_aheadOfSimilarityOnceRunsHaveToldSo() {
    ask(
        """
        {"id": "v1", "agent_id": "learn", "problem": "which way", "solution": "left", "outcome": {"status": "success"}}
        {"id": "v2", "agent_id": "learn", "problem": "which way then", "solution": "right", "outcome": {"status": "success"}}
        """);
    ObjectNode asked =
        body("which way")
            .put("agent_id", "learn")
            .put("min_similarity", -100)
            .put("mode", "vector");
    assertEquals("v1", search(asked.deepCopy()).at("/results/0/id").asText());
    for (int run = 0; run < 3; run++) {
      search(asked.deepCopy().put("run_id", "learn-" + run));
      Answer told =
          bundle.postJson(
              "/v1/cases/feedback",
              Map.of("run_id", "learn-" + run, "reward", 0, "used", List.of("v1")));
      assertEquals(200, told.status(), told.response().body());
    }
    JsonNode worn = bundle.get("/v1/cases/v1").json();
    assertEquals(2.0 / 6, worn.get("value").asDouble(), 1e-6);
    assertEquals("success", worn.get("case_status").asText());
    JsonNode kernel = search(asked.deepCopy().put("ranking", "kernel"));
    JsonNode first = hit(kernel, "v1");
    assertEquals(2.0 / 6, first.get("value").asDouble(), 1e-5, "all of it at this very problem");
    assertEquals(0.5, hit(kernel, "v2").get("value").asDouble(), 1e-5, "nothing known here");
    JsonNode value = search(asked.deepCopy().put("ranking", "value"));
    assertEquals(2.0 / 3, hit(value, "v2").get("value").asDouble(), 1e-5);
  }

  @Test
  void feedback_spreadsOneUse_andMayBeCorrected() {
    ask(
        """
        {"id": "c1", "agent_id": "credit", "problem": "lamp is dark", "solution": "bulb", "outcome": {"status": "success"}}
        {"id": "c2", "agent_id": "credit", "problem": "lamp is off", "solution": "plug", "outcome": {"status": "success"}}
        {"id": "c3", "agent_id": "credit", "problem": "lamp is hot", "solution": "wait", "outcome": {"status": "failure"}}
        """);
    ObjectNode asked =
        body("lamp")
            .put("agent_id", "credit")
            .put("k_negative", 2)
            .put("min_similarity", -100)
            .put("run_id", "credit-run");
    search(asked);
    JsonNode told = feedback("credit-run", 1);
    assertEquals(3, told.get("credited").size());
    double shares = 0;
    for (JsonNode one : told.get("credited")) {
      if (one.get("as").asText().equals("positive")) {
        shares += one.get("share").asDouble();
      }
    }
    assertEquals(1, shares, 1e-9);
    JsonNode again = feedback("credit-run", 1);
    again.get("credited").forEach(one -> assertEquals("unchanged", one.get("status").asText()));
    feedback("credit-run", 0);
    JsonNode warned = bundle.get("/v1/cases/c3").json();
    assertEquals(1.0 / 3, warned.get("value").asDouble(), 1e-6, "a warning is no use of it");
    assertEquals(3, warned.get("history").size());
    assertTrue(warned.at("/history/1/superseded").asBoolean(), warned.toString());
    String detail =
        Refusal.of(
            ProblemKind.NOT_FOUND,
            bundle.postJson("/v1/cases/feedback", Map.of("run_id", "nobody", "reward", 1)));
    assertTrue(detail.contains("cases.shown-days"), detail);
  }

  @Test
  void outcome_ofARunHappensAtItsProblem_andIsRecordedOnce() {
    ask(
        """
        {"id": "o1", "agent_id": "once", "problem": "door squeaks", "solution": "oil", "outcome": {"status": "success"}}
        """);
    search(body("door squeaks").put("run_id", "once-run"));
    Map<String, Object> outcome =
        Map.of("status", "success", "run_id", "once-run", "evaluator", "me");
    Answer first = bundle.postJson("/v1/cases/o1/outcomes", outcome);
    assertEquals(201, first.status(), first.response().body());
    Answer second = bundle.postJson("/v1/cases/o1/outcomes", outcome);
    assertEquals(200, second.status());
    assertEquals("unchanged", second.json().get("status").asText());
    assertEquals(first.json().get("id"), second.json().get("id"));
    String detail =
        Refusal.of(
            ProblemKind.CONFLICT,
            bundle.postJson(
                "/v1/cases/o1/outcomes",
                Map.of("status", "failure", "run_id", "once-run", "evaluator", "me")));
    assertTrue(detail.contains("send supersedes"), detail);
    Answer corrected =
        bundle.postJson(
            "/v1/cases/o1/outcomes",
            Map.of("status", "failure", "supersedes", first.json().get("id").asText()));
    assertEquals(201, corrected.status(), corrected.response().body());
    assertEquals(0.5, corrected.json().at("/case/value").asDouble(), 1e-6);
    Document entry =
        bundle
            .collection("case_log")
            .find(new Document("_id", "default:" + first.json().get("id").asText()))
            .first();
    assertEquals(bundle.space(), entry.get("place", Document.class).getString("space"));
    Refusal.of(
        ProblemKind.NOT_FOUND,
        bundle.postJson("/v1/cases/nobody/outcomes", Map.of("status", "success")));
  }

  @Test
  void prompt_isABlockOfWhatWorkedAndWhatDidNot() {
    ObjectNode asked = shelf().put("k", 1).put("k_negative", 1).put("task_type", "wood");
    JsonNode reply = bundle.post("/v1/cases/prompt", asked.toString()).json();
    String text = reply.get("text").asText();
    assertTrue(text.startsWith("Cases like this one that were solved:"), text);
    assertTrue(reply.get("tokens").asInt() > 20);
    assertEquals(1, reply.get("cases").size());
    JsonNode tight =
        bundle.post("/v1/cases/prompt", asked.put("token_budget", 5).toString()).json();
    assertEquals("", tight.get("text").asText());
    assertEquals(1, tight.get("left_out").asInt());
    JsonNode none =
        bundle.postJson("/v1/cases/prompt", Map.of("problem", "nobody met this")).json();
    assertTrue(none.get("no_similar_case").asBoolean());
  }

  @Test
  void uplift_comparesRunsWithLearnedValuesAndWithout() {
    int held = 0;
    for (int run = 0; run < 20; run++) {
      JsonNode reply = search(body("shelf one").put("run_id", "uplift-" + run));
      boolean holdout = reply.path("holdout").asBoolean();
      assertEquals(holdout ? "similarity" : "kernel", reply.get("ranking").asText());
      held += holdout ? 1 : 0;
      feedback("uplift-" + run, holdout ? 0 : 1);
    }
    assertTrue(held > 2 && held < 18, held + " of 20 with a holdout of half");
    JsonNode uplift = bundle.get("/v1/cases/uplift").json();
    assertTrue(uplift.at("/holdout/runs").asInt() >= held, uplift.toString());
    assertTrue(uplift.at("/uplift/mean").asDouble() > 0.3, uplift.toString());
    assertTrue(uplift.at("/uplift/low").asDouble() < uplift.at("/uplift/mean").asDouble());
  }

  @Test
  void search_isRefusedFieldByField() {
    Answer answer =
        bundle.post(
            SEARCH,
            """
            {"problem": "", "k": 51, "min_reward": 2, "ranking": "best", "run": "x",
             "filter": {"colour": "red"}}""");
    Refusal.field("/problem", "must not be empty", answer);
    Refusal.field("/k", "above 50", answer);
    Refusal.field("/min_reward", "not in 0.0 to 1.0", answer);
    Refusal.field("/ranking", "similarity, value, kernel", answer);
    Refusal.field("/run", "unknown field", answer);
    Refusal.field("/filter/colour", "cannot filter on", answer);
    Refusal.field("/k", "nothing is wanted", bundle.post(SEARCH, "{\"problem\": \"x\", \"k\": 0}"));
  }

  private static void ask(String lines) {
    Answer answer = bundle.post("/v1/cases/import", lines);
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(0, answer.json().get("failed").asInt(), answer.response().body());
  }

  private static ObjectNode body(String problem) {
    return JSON.createObjectNode().put("problem", problem);
  }

  private static ObjectNode shelf() {
    return body("shelf").put("k", 5).put("agent_id", "shelf").put("min_similarity", -100);
  }

  private static JsonNode search(ObjectNode body) {
    Answer answer = bundle.post(SEARCH, body.toString());
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private static JsonNode feedback(String run, double reward) {
    Answer answer = bundle.postJson("/v1/cases/feedback", Map.of("run_id", run, "reward", reward));
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private static JsonNode hit(JsonNode reply, String id) {
    for (JsonNode hit : reply.get("results")) {
      if (hit.get("id").asText().equals(id)) {
        return hit;
      }
    }
    throw new AssertionError(id + " is not in " + reply);
  }

  private static Set<String> ids(JsonNode hits) {
    Set<String> ids = new TreeSet<>();
    hits.forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  private static Set<String> words(String text) {
    return text == null ? Set.of() : new TreeSet<>(List.of(text.strip().split(" +")));
  }
}
