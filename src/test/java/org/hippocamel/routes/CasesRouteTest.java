package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Storing, merging and moving cases over REST. The scripted TEI's vectors are a hash of the text:
 * two problems are the same, with a cosine of 1, or have nothing to do with each other.
 */
class CasesRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open(RunningBundle.newFolder(), Map.of("cases.cluster-cap", "3"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  @Test
  void case_isStoredOnce_andItsOutcomeToo() {
    String body =
        """
        {"agent_id": "bot", "problem": "kettle leaks", "solution": "new seal",
         "steps": ["open it", {"text": "change the seal", "tool": "wrench", "result": "tight"}],
         "task_type": "repair", "metadata": {"topic": "kitchen"},
         "outcome": {"status": "success", "evaluator": "judge"}}""";
    Answer created = bundle.post("/v1/cases", body);
    assertEquals(201, created.status(), created.response().body());
    assertEquals("created", created.json().get("status").asText());
    assertEquals("success", created.json().get("case_status").asText());
    assertEquals(2.0 / 3, created.json().get("value").asDouble(), 1e-6);
    assertEquals(List.of("kettle leaks"), stubbed.embedded(), "embedded once, without instruction");
    Answer again = bundle.post("/v1/cases", body);
    assertEquals(200, again.status());
    assertEquals("unchanged", again.json().get("status").asText());
    assertEquals(1, again.json().get("entries").asInt());
    String id = created.json().get("id").asText();
    Answer changed =
        bundle.postJson(
            "/v1/cases",
            Map.of("id", id, "problem", "kettle leaks", "solution", "new seal and new lid"));
    assertEquals("updated", changed.json().get("status").asText());
    assertEquals("success", changed.json().get("case_status").asText(), "outcomes are kept");
    JsonNode found = found(id);
    assertEquals("new seal and new lid", found.get("solution").asText());
    assertFalse(found.has("steps"));
    assertEquals(1, found.get("history").size());
  }

  @Test
  void case_isShownWithItsHistoryAndWhereItWasShown() {
    String id = store("tap drips", "turn it off", "success");
    assertEquals(
        201,
        outcome(id, Map.of("status", "failure", "note", "It dripped again.", "reward", 0.2))
            .status());
    search(Map.of("problem", "tap drips", "run_id", "run-show"));
    bundle.postJson("/v1/cases/feedback", Map.of("run_id", "run-show", "reward", 1));
    JsonNode found = found(id);
    assertEquals("tap drips", found.get("problem").asText());
    assertEquals("success", found.get("case_status").asText());
    assertEquals(0.6, found.get("reward").asDouble(), 1e-6);
    assertEquals(3, found.get("history").size());
    assertEquals("credit", found.at("/history/0/part").asText(), "newest first");
    assertEquals("It dripped again.", found.at("/history/1/note").asText());
    assertEquals("run-show", found.at("/shown/0/run_id").asText());
    assertEquals("tap drips", found.at("/shown/0/problem").asText());
    assertEquals(1, found.at("/shown/0/rank").asInt());
    assertEquals(1, found.at("/shown/0/reward").asInt());
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/cases/nobody"));
  }

  @Test
  void case_canBeMadeOfAnInteraction() {
    bundle.post(
        "/v1/interactions",
        """
        {"id": "said", "agent_id": "bot", "session_id": "s9", "text": "Reset the router twice.",
         "metadata": {"topic": "network"}}""");
    Answer made =
        bundle.postJson(
            "/v1/cases",
            Map.of(
                "from", "said", "problem", "no network", "outcome", Map.of("status", "success")));
    assertEquals(201, made.status(), made.response().body());
    JsonNode found = found(made.json().get("id").asText());
    assertEquals("Reset the router twice.", found.get("solution").asText());
    assertEquals("bot", found.get("agent_id").asText());
    assertEquals("s9", found.get("session_id").asText());
    assertEquals("network", found.at("/metadata/topic").asText());
    Document row = row(made.json().get("id").asText());
    assertTrue(row.getList("keys", String.class).contains("link:said"), row.toJson());
    Refusal.of(
        ProblemKind.NOT_FOUND,
        bundle.postJson("/v1/cases", Map.of("from", "nobody", "problem", "x")));
    Refusal.field(
        "/solution",
        "problem or solution is required",
        bundle.postJson("/v1/cases", Map.of("from", "said")));
  }

  @Test
  void secrets_areGoneBeforeAnythingIsEmbeddedOrStored() {
    Answer stored =
        bundle.postJson(
            "/v1/cases",
            Map.of(
                "problem",
                "login with password=hunter2! fails",
                "solution",
                "use AKIAIOSFODNN7EXAMPLE",
                "outcome",
                Map.of("status", "failure", "note", "api_key=a1b2c3d4 was revoked")));
    assertEquals(3, stored.json().get("scrubbed").asInt(), stored.response().body());
    assertEquals(List.of("login with password=[secret] fails"), stubbed.embedded());
    String text = found(stored.json().get("id").asText()).toString();
    for (String secret : List.of("hunter2", "AKIA", "a1b2c3d4")) {
      assertFalse(text.contains(secret), text);
    }
  }

  @Test
  void nearDuplicate_withTheSameSolutionBecomesOneCase_withBothHistories() {
    String first = store("printer jams", "clean the rollers", "success");
    Answer second =
        bundle.postJson(
            "/v1/cases",
            Map.of(
                "agent_id",
                "another",
                "problem",
                "printer jams",
                "solution",
                "clean  the rollers",
                "outcome",
                Map.of("status", "failure", "evaluator", "other")));
    assertEquals(201, second.status(), second.response().body());
    assertEquals("merged", second.json().get("case_status").asText());
    assertEquals(first, second.json().get("merged_into").asText());
    JsonNode survivor = found(first);
    assertEquals(2, survivor.get("history").size());
    assertEquals(0.5, survivor.get("value").asDouble(), 1e-6);
    String absorbed = second.json().get("id").asText();
    assertEquals("merged", found(absorbed).get("case_status").asText());
    assertEquals(1, found(absorbed).get("history").size(), "its own history stays");
    assertEquals(
        first,
        outcome(absorbed, Map.of("status", "success")).json().at("/case/id").asText(),
        "what is said of it later counts for the other");
    assertEquals(3, found(first).get("history").size());
    JsonNode shown = search(Map.of("problem", "printer jams", "k", 50)).get("results");
    assertEquals(first, shown.at("/0/id").asText());
    shown.forEach(one -> assertNotEquals(absorbed, one.get("id").asText()));
  }

  @Test
  void cases_canBeMergedByHand() {
    String one = store("light flickers", "change the bulb", "success");
    String other = store("light blinks", "change the bulb", "success");
    Answer merged = bundle.postJson("/v1/cases/" + other + "/merge", Map.of("into", one));
    assertEquals(200, merged.status(), merged.response().body());
    assertEquals(0.75, merged.json().at("/case/value").asDouble(), 1e-6);
    Answer again = bundle.postJson("/v1/cases/" + other + "/merge", Map.of("into", one));
    assertEquals(2, again.json().at("/case/entries").asInt(), "copies are made once");
    Refusal.field(
        "/into",
        "into itself",
        bundle.postJson("/v1/cases/" + one + "/merge", Map.of("into", other)));
    Refusal.of(
        ProblemKind.NOT_FOUND,
        bundle.postJson("/v1/cases/" + one + "/merge", Map.of("into", "nobody")));
  }

  @Test
  void problem_hasNoMoreCasesThanTheCap() {
    for (int i = 0; i < 3; i++) {
      store("flood", "solution " + i, "success");
    }
    String detail =
        Refusal.of(
            ProblemKind.CONFLICT,
            bundle.postJson("/v1/cases", Map.of("problem", "flood", "solution", "solution 3")));
    assertTrue(detail.contains("the limit is 3 (cases.cluster-cap)"), detail);
    Answer known =
        bundle.postJson("/v1/cases", Map.of("problem", "flood", "solution", "solution 1"));
    assertEquals(200, known.status(), "one that is there may be sent again");
  }

  @Test
  void bank_canBeTakenOutAndInAgain_withItsHistory() {
    String id = store("export me", "as lines", "success");
    search(Map.of("problem", "export me", "run_id", "run-export"));
    bundle.postJson("/v1/cases/feedback", Map.of("run_id", "run-export", "reward", 0));
    bundle.postJson("/v1/cases/feedback", Map.of("run_id", "run-export", "reward", 0.5));
    String line = exported("jsonl", id);
    JsonNode before = found(id);
    assertEquals(204, bundle.delete("/v1/memories/" + id).status());
    assertEquals(0, bundle.collection("case_log").countDocuments(eq("case", "default:" + id)));
    Answer imported = bundle.post("/v1/cases/import", line + "\n\n" + line + "\nnot json\n");
    assertEquals(200, imported.status(), imported.response().body());
    assertEquals(1, imported.json().get("failed").asInt());
    assertEquals(4, imported.json().at("/errors/0/line").asInt());
    JsonNode after = found(id);
    assertEquals(before.get("history"), after.get("history"));
    assertEquals(before.get("value").asDouble(), after.get("value").asDouble(), 1e-6);
    assertEquals(3, after.get("entries").asInt());
  }

  @Test
  void badOutcome_ofAnImportCostsNoOtherLine() {
    Answer imported =
        bundle.post(
            "/v1/cases/import",
            """
          {"id": "line-1", "problem": "first line", "solution": "x", "outcomes": [{"id": "o-1", "status": "success"}]}
          {"id": "line-2", "problem": "second line", "solution": "x", "outcomes": [{"id": "o-2", "status": "success", "supersedes": "nothing"}, {"id": "o-3", "status": "failure"}]}
          {"id": "line-3", "problem": "third line", "solution": "x", "outcomes": [{"part": "credit", "reward": 1, "weight": 0}]}
          """);
    assertEquals(2, imported.json().get("stored").asInt(), imported.response().body());
    assertEquals(2, imported.json().get("failed").asInt());
    assertEquals(3, imported.json().at("/errors/0/line").asInt() + 0 * 2);
    assertEquals("success", found("line-1").get("case_status").asText());
    assertEquals("failure", found("line-2").get("case_status").asText());
    String errors = imported.json().get("errors").toString();
    assertTrue(errors.contains("supersedes names no verdict of this case"), errors);
    assertTrue(errors.contains("weight 0 takes back what supersedes names"), errors);
  }

  @Test
  void bank_speaksMementosFormats() {
    Answer imported =
        bundle.post(
            "/v1/cases/import",
            """
            {"question": "Who wrote Faust?", "plan": "{\\"plan\\": [{\\"id\\": 1, \\"description\\": \\"search\\"}, {\\"id\\": 2, \\"description\\": \\"answer\\"}]}", "reward": 1}
            {"case": "Who wrote Ulysses?", "plan": "guess", "case_label": "negative"}
            {"question": "no plan", "reward": 1}
            """);
    assertEquals(2, imported.json().get("stored").asInt(), imported.response().body());
    assertEquals("plan is required", imported.json().at("/errors/0/reason").asText());
    JsonNode faust = search(Map.of("problem", "Who wrote Faust?")).at("/results/0");
    assertEquals("search", faust.at("/steps/0/text").asText());
    assertEquals(1, faust.get("reward").asInt());
    JsonNode ulysses =
        search(Map.of("problem", "Who wrote Ulysses?", "k_negative", 1)).at("/negatives/0");
    assertEquals("guess", ulysses.get("solution").asText());
    String bank = bundle.get("/v1/cases/export/memento").response().body();
    assertTrue(
        bank.contains("{\"question\":\"Who wrote Ulysses?\",\"plan\":\"guess\",\"reward\":0}"),
        bank);
    String labelled = bundle.get("/v1/cases/export/memento-labelled").response().body();
    assertTrue(
        labelled.contains(
            "{\"case\":\"Who wrote Ulysses?\",\"plan\":\"guess\",\"case_label\":\"negative\"}"),
        labelled);
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/cases/export/csv"));
  }

  @Test
  void bank_comesInPages() {
    store("page one", "1", "success");
    store("page two", "2", "success");
    String first = bundle.get("/v1/cases/export/jsonl?limit=1").response().body();
    assertEquals(1, first.lines().count());
    String id = first.replaceFirst("\\{\"id\":\"([^\"]+)\".*\\s*", "$1");
    String second = bundle.get("/v1/cases/export/jsonl?limit=1&after=" + id).response().body();
    assertEquals(1, second.lines().count());
    assertFalse(second.contains(id));
    assertEquals(everyCase("jsonl?limit=1"), everyCase("jsonl"), "one by one, or all at once");
    assertTrue(everyCase("memento?limit=1") > 1, "lines without an id");
    Refusal.field("/limit", "1 to 5000", bundle.get("/v1/cases/export/jsonl?limit=0"));
  }

  @Test
  void fileOfCases_isTakenInFromTheInbox() throws Exception {
    String lines =
        """
        {"id": "dropped-1", "problem": "cat is stuck", "solution": "ladder", "outcome": {"status": "success"}}
        {"id": "dropped-2", "problem": "dog is stuck", "solution": "ladder"}
        """;
    drop("pets.cases.jsonl", lines);
    await().until(() -> Files.exists(bundle.inbox().resolve("done/pets.cases.jsonl")));
    assertEquals("success", found("dropped-1").get("case_status").asText());
    assertEquals("pending", found("dropped-2").get("case_status").asText());
    drop("bad.cases.jsonl", "{\"problem\": \"no solution\"}\n");
    Path error = bundle.inbox().resolve("failed/bad.cases.jsonl.error.json");
    await().until(() -> Files.exists(error));
    assertTrue(Files.readString(error).contains("solution is required"));
  }

  @Test
  void case_cannotBeStoredOrSearchedWhileTheEmbedderIsAway_butToldOf() {
    String id = store("offline", "wait", "success");
    stubbed.tei().stop();
    try {
      Map<String, String> body = Map.of("problem", "quite new", "solution", "wait");
      Refusal.of(ProblemKind.UNAVAILABLE, bundle.postJson("/v1/cases", body));
      Refusal.of(
          ProblemKind.UNAVAILABLE,
          bundle.postJson("/v1/cases/search", Map.of("problem", "another one")));
      JsonNode words = search(Map.of("problem", "offline", "mode", "lexical"));
      assertEquals(id, words.at("/results/0/id").asText());
      assertEquals(201, outcome(id, Map.of("status", "failure")).status());
      assertEquals(200, bundle.get("/v1/cases/" + id).status());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
  }

  @Test
  void case_isAMemoryLikeAnyOther() {
    String id = store("memory of a case", "found by its solution: quicksilver", "success");
    JsonNode results =
        bundle
            .post(
                "/v1/search",
                "{\"query\": \"quicksilver\", \"mode\": \"lexical\","
                    + " \"filter\": {\"case_status\": \"success\"}}")
            .json()
            .get("results");
    assertEquals(1, results.size());
    assertEquals(id, results.at("/0/id").asText());
    assertEquals("case", bundle.get("/v1/memories/" + id).json().get("kind").asText());
  }

  private static String store(String problem, String solution, String status) {
    Answer answer =
        bundle.postJson(
            "/v1/cases",
            Map.of("problem", problem, "solution", solution, "outcome", Map.of("status", status)));
    assertEquals(201, answer.status(), answer.response().body());
    return answer.json().get("id").asText();
  }

  private static Answer outcome(String id, Map<String, Object> outcome) {
    return bundle.postJson("/v1/cases/" + id + "/outcomes", outcome);
  }

  private static JsonNode search(Map<String, Object> body) {
    Answer answer = bundle.postJson("/v1/cases/search", body);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private static JsonNode found(String id) {
    Answer answer = bundle.get("/v1/cases/" + id);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private static Document row(String id) {
    return bundle.collection("memories").find(eq("_id", "default:" + id)).first();
  }

  /** Lines of a page and of all that its links lead to. */
  private static long everyCase(String page) {
    long lines = 0;
    Optional<String> next = Optional.of("/v1/cases/export/" + page);
    while (next.isPresent()) {
      Answer answer = bundle.get(next.get());
      lines += answer.response().body().lines().count();
      next =
          answer
              .response()
              .headers()
              .firstValue("Link")
              .map(link -> link.replaceFirst("<(.*)>; rel=\"next\"", "$1"));
    }
    return lines;
  }

  private static String exported(String format, String id) {
    return bundle
        .get("/v1/cases/export/" + format)
        .response()
        .body()
        .lines()
        .filter(line -> line.contains("\"" + id + "\""))
        .findFirst()
        .orElseThrow();
  }

  private static void drop(String name, String content) throws Exception {
    Path draft = Files.writeString(Files.createTempFile("drop", ".tmp"), content);
    Files.move(draft, bundle.inbox().resolve(name));
  }
}
