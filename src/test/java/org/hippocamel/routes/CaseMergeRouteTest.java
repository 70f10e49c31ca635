package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Updates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.cases.Merge;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is said once counts once, whatever becomes one case before it is said again. */
class CaseMergeRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    // Without decay sums are whole numbers, so that nothing hides behind rounding.
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of(
                "cases.half-life-days", "0",
                "cases.settle-millis", "3600000",
                "cases.holdout", "0"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void mergesInARow_countEachOutcomeOnce_andItCanBeCorrectedByEveryName() {
    List.of("a1", "b1", "c1").forEach(CaseMergeRouteTest::store);
    String said = outcome("a1", Map.of("status", "success")).json().get("id").asText();
    String fixed = outcome("a1", Map.of("status", "success")).json().get("id").asText();
    outcome("a1", Map.of("status", "failure", "supersedes", fixed));
    merge("a1", "b1");
    String copy = copyOf(said, "b1");
    merge("b1", "c1");
    assertEvidence("c1", 2, 1);
    merge("a1", "b1");
    settle();
    assertEvidence("c1", 2, 1);
    Map<String, Object> correction = Map.of("status", "failure", "supersedes", said);
    Answer corrected = outcome("a1", correction);
    assertEquals(201, corrected.status(), corrected.response().body());
    assertEquals("c1", corrected.json().at("/case/id").asText());
    assertEvidence("c1", 2, 0);
    assertEquals(200, outcome("a1", correction).status(), "said again");
    Answer twice = outcome("b1", Map.of("status", "success", "supersedes", copy));
    assertEquals(409, twice.status(), "an outcome is corrected once, by whichever name");
    String last = corrected.json().get("id").asText();
    assertEquals(201, outcome("b1", Map.of("status", "success", "supersedes", last)).status());
    assertEvidence("c1", 2, 1);
  }

  @Test
  void correction_byTheNameOfACopyReachesTheLastCase() {
    List.of("a2", "b2", "c2").forEach(CaseMergeRouteTest::store);
    String said = outcome("a2", Map.of("status", "success")).json().get("id").asText();
    merge("a2", "b2");
    String copy = copyOf(said, "b2");
    merge("b2", "c2");
    assertEquals(201, outcome("b2", Map.of("status", "failure", "supersedes", copy)).status());
    assertEvidence("c2", 1, 0);
  }

  @Test
  void case_thatBecamePartOfAnotherMayBeSentAgain() {
    Map<String, Object> twin = Map.of("id", "a3", "problem", "same", "solution", "same");
    bundle.postJson("/v1/cases", twin);
    Map<String, Object> sent = new HashMap<>(twin);
    sent.put("id", "b3");
    sent.put("outcome", Map.of("status", "success", "evaluator", "judge"));
    Answer merged = bundle.postJson("/v1/cases", sent);
    assertEquals("a3", merged.json().get("merged_into").asText(), merged.response().body());
    Answer again = bundle.postJson("/v1/cases", sent);
    assertEquals(200, again.status(), again.response().body());
    assertEvidence("a3", 1, 1);
  }

  @Test
  void verdict_ofARunSentAgainAfterMergesIsTheSame() {
    List.of("a4", "b4", "c4").forEach(CaseMergeRouteTest::store);
    Map<String, Object> first = Map.of("status", "success", "run_id", "r4");
    Map<String, Object> second = Map.of("status", "success", "run_id", "r4b");
    assertEquals(201, outcome("a4", first).status());
    merge("a4", "b4");
    assertEquals(200, outcome("a4", first).status());
    assertEquals(201, outcome("a4", second).status());
    merge("b4", "c4");
    assertEquals(200, outcome("a4", first).status());
    Answer again = outcome("a4", second);
    assertEquals(200, again.status(), again.response().body());
    assertEquals("c4", again.json().at("/case/id").asText());
    assertEvidence("c4", 2, 2);
    assertEquals(409, outcome("a4", Map.of("status", "failure", "run_id", "r4")).status());
  }

  @Test
  void feedback_isCorrectedAfterAMerge_howeverOften() {
    List.of("a5", "b5").forEach(CaseMergeRouteTest::store);
    outcome("a5", Map.of("status", "success"));
    search("a5", "before");
    search("a5", "after");
    feedback("before", 0);
    assertEvidence("a5", 2, 1);
    merge("a5", "b5");
    for (double reward : new double[] {1, 0, 1, 1}) {
      feedback("before", reward);
      assertEvidence("b5", 2, 1 + reward);
    }
    feedback("after", 0);
    assertEvidence("b5", 3, 2);
    JsonNode credited = feedback("after", 1);
    assertEquals("b5", credited.at("/credited/0/id").asText());
    assertEvidence("b5", 3, 3);
  }

  @Test
  void feedback_onTwoCasesThatBecameOneIsOneUse() {
    List.of("a6", "b6").forEach(id -> store(id, "problem six"));
    outcome("a6", Map.of("status", "success"));
    outcome("b6", Map.of("status", "success"));
    // As if one run had been shown both, which near-duplicates are not.
    search("a6", "both");
    Document shown = bundle.collection("case_shown").find(eq("run_id", "both")).first();
    Document other = new Document(shown).append("_id", "default:both-2");
    String first = shown.getList("shown", Document.class).get(0).getString("case");
    String second = first.equals("default:a6") ? "default:b6" : "default:a6";
    other.put(
        "shown",
        List.of(
            new Document(shown.getList("shown", Document.class).get(0)).append("case", second)));
    bundle.collection("case_shown").insertOne(other);
    feedback("both", 0);
    merge("a6", "b6");
    assertEvidence("b6", 3, 2);
    feedback("both", 1);
    assertEvidence("b6", 3, 3);
    feedback("both", 1);
    assertEvidence("b6", 3, 3);
  }

  @Test
  void merge_thatDiedBetweenCopiesAndMark_isMadeWhenItIsSentAgain() {
    List.of("a8", "b8").forEach(CaseMergeRouteTest::store);
    outcome("a8", Map.of("status", "success"));
    // What comes before the mark.
    bundle
        .bundle()
        .camel()
        .createProducerTemplate()
        .sendBody("direct:case-merge-history", new Merge("default", "default:a8", "default:b8"));
    assertEvidence("b8", 1, 1);
    merge("a8", "b8");
    assertEvidence("b8", 1, 1);
    assertEquals("b8", bundle.get("/v1/cases/a8").json().get("merged_into").asText());
  }

  @Test
  void outcome_loggedBesideAMerge_isSettled() {
    List.of("a7", "b7").forEach(CaseMergeRouteTest::store);
    outcome("a7", Map.of("status", "success"));
    bundle
        .collection("memories")
        .updateOne(
            eq("_id", "default:a7"),
            Updates.combine(
                Updates.set("case.merged_into", "default:b7"),
                Updates.set("case.status", "merged")));
    settle();
    assertEvidence("b7", 1, 1);
  }

  private static void store(String id) {
    store(id, "problem of " + id);
  }

  private static void store(String id, String problem) {
    Answer answer =
        bundle.postJson(
            "/v1/cases", Map.of("id", id, "problem", problem, "solution", "solution of " + id));
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static Answer outcome(String id, Map<String, Object> outcome) {
    return bundle.postJson("/v1/cases/" + id + "/outcomes", outcome);
  }

  private static void merge(String from, String into) {
    Answer answer = bundle.postJson("/v1/cases/" + from + "/merge", Map.of("into", into));
    assertEquals(200, answer.status(), answer.response().body());
  }

  private static void settle() {
    bundle.bundle().camel().createProducerTemplate().sendBody("direct:case-settle", null);
  }

  private static void search(String id, String runId) {
    Document row = bundle.collection("memories").find(eq("_id", "default:" + id)).first();
    Answer answer =
        bundle.postJson(
            "/v1/cases/search", Map.of("problem", row.getString("text"), "run_id", runId, "k", 1));
    assertEquals(1, answer.json().get("results").size(), answer.response().body());
  }

  private static JsonNode feedback(String runId, double reward) {
    Answer answer =
        bundle.postJson("/v1/cases/feedback", Map.of("run_id", runId, "reward", reward));
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  /** The public id of the copy that a case has of an entry. */
  private static String copyOf(String entry, String id) {
    for (JsonNode one : bundle.get("/v1/cases/" + id).json().get("history")) {
      if (one.path("copy_of").asText().equals(entry)) {
        return one.get("id").asText();
      }
    }
    throw new AssertionError("no copy of " + entry);
  }

  /** Of the row, and of the log. */
  private static void assertEvidence(String id, double uses, double wins) {
    Document stats =
        bundle
            .collection("memories")
            .find(eq("_id", "default:" + id))
            .first()
            .get("case", Document.class)
            .get("stats", Document.class);
    assertEquals(uses, stats.getDouble("uses"), 1e-9, stats.toJson());
    assertEquals(wins, stats.getDouble("wins"), 1e-9, stats.toJson());
    JsonNode found = bundle.get("/v1/cases/" + id).json();
    assertEquals(uses, found.get("uses").asDouble(), 1e-9, found.toString());
    assertTrue(Math.abs(wins - found.get("wins").asDouble()) < 1e-9, found.toString());
  }
}
