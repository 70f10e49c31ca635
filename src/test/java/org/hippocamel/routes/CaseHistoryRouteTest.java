package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Long histories, histories of cases that are gone, and cases among other memories. */
class CaseHistoryRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of("cases.half-life-days", "0", "cases.settle-millis", "3600000"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void longHistory_isShownInPart_andComesOutAndInWhole() {
    String expires =
        Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS).toString();
    store(Map.of("id", "long", "problem", "often", "solution", "x", "expires_at", expires));
    bundle.postJson("/v1/cases/long/outcomes", Map.of("status", "success"));
    bundle.collection("case_log").insertMany(credits("long", 700));
    JsonNode behind = found("long");
    assertEquals(701, behind.get("entries").asInt(), "read from the log");
    settle();
    JsonNode before = found("long");
    assertEquals(200, before.get("history").size());
    assertEquals(501, before.get("older_entries").asInt());
    assertEquals("credit-699", before.at("/history/0/id").asText(), "newest first");
    assertEquals(1 + 700 * 0.5, before.get("uses").asDouble(), 1e-6);
    List<String> lines =
        bundle
            .get("/v1/cases/export/jsonl")
            .response()
            .body()
            .lines()
            .filter(line -> line.contains("\"id\":\"long\""))
            .collect(Collectors.toList());
    assertEquals(3, lines.size());
    assertEquals(204, bundle.delete("/v1/memories/long").status());
    Answer imported = bundle.post("/v1/cases/import", String.join("\n", lines));
    assertEquals(0, imported.json().get("failed").asInt(), imported.response().body());
    JsonNode after = found("long");
    assertEquals(701, after.get("entries").asInt());
    assertEquals(before.get("uses"), after.get("uses"));
    assertEquals(before.get("history"), after.get("history"));
    assertEquals(expires, bundle.get("/v1/memories/long").json().get("expires_at").asText());
  }

  @Test
  void historyOfACaseThatIsGone_isRemoved_andNothingThatWasJustSaid() {
    store(Map.of("id", "kept", "problem", "stays", "solution", "x"));
    store(Map.of("id", "gone", "problem", "expires", "solution", "x"));
    store(Map.of("id", "new", "problem", "is stored again", "solution", "x"));
    for (String id : List.of("kept", "gone", "new")) {
      bundle.postJson("/v1/cases/" + id + "/outcomes", Map.of("status", "success"));
    }
    Date old = Date.from(Instant.now().minus(1, ChronoUnit.HOURS));
    for (String id : List.of("kept", "gone")) {
      bundle
          .collection("case_log")
          .updateMany(eq("case", "default:" + id), Updates.set("logged_at", old));
    }
    // As the store does when a row expires.
    bundle.collection("memories").deleteOne(eq("_id", "default:gone"));
    bundle.collection("memories").deleteOne(eq("_id", "default:new"));
    bundle.collection("case_marks").deleteOne(eq("_id", "swept"));
    settle();
    assertEquals(0, logged("gone"));
    assertEquals(1, logged("kept"));
    assertEquals(1, logged("new"));
  }

  @Test
  void casesThatAreShownNoMore_answerOnlyWhoAsksForThem_andAContextCitesSolutions() {
    store(
        Map.of(
            "id",
            "shown",
            "problem",
            "gearbox grinds",
            "solution",
            "change the oil",
            "steps",
            List.of("drain it", "fill it"),
            "outcome",
            Map.of("status", "success")));
    store(Map.of("id", "part", "problem", "gearbox grinds too", "solution", "something else"));
    assertEquals(200, bundle.postJson("/v1/cases/part/merge", Map.of("into", "shown")).status());
    Map<String, Object> words = Map.of("query", "gearbox", "mode", "lexical");
    await()
        .untilAsserted(() -> assertEquals(List.of("shown"), ids("/v1/search", words, "results")));
    assertEquals(List.of("shown"), ids("/v1/context", words, "items"));
    Map<String, Object> asked =
        Map.of("query", "gearbox", "mode", "lexical", "filter", Map.of("case_status", "merged"));
    assertEquals(List.of("part"), ids("/v1/search", asked, "results"));
    assertEquals(List.of("part"), ids("/v1/context", asked, "items"));
    Map<String, Object> cases =
        Map.of("query", "gearbox", "mode", "lexical", "kinds", List.of("case"));
    assertEquals(List.of("shown"), ids("/v1/search", cases, "results"));
    String text = bundle.postJson("/v1/context", words).json().get("text").asText();
    assertTrue(text.contains("Solution: change the oil\n1. drain it\n2. fill it"), text);
    assertTrue(text.lines().findFirst().orElse("").endsWith(", success"), text);
    assertFalse(text.contains("something else"), text);
  }

  private static List<Document> credits(String id, int count) {
    List<Document> credits = new ArrayList<>();
    Instant begin = Instant.now().plusSeconds(60);
    for (int i = 0; i < count; i++) {
      credits.add(
          new Document("_id", "default:credit-" + i)
              .append("tenant", "default")
              .append("case", "default:" + id)
              .append("part", "credit")
              .append("reward", 1.0)
              .append("weight", 0.5)
              .append("run_id", "run-" + i)
              .append("at", Date.from(begin.plusMillis(i)))
              .append("logged_at", new Date()));
    }
    return credits;
  }

  private static void store(Map<String, Object> body) {
    Answer answer = bundle.postJson("/v1/cases", body);
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static JsonNode found(String id) {
    return bundle.get("/v1/cases/" + id).json();
  }

  private static long logged(String id) {
    return bundle.collection("case_log").countDocuments(eq("case", "default:" + id));
  }

  private static List<String> ids(String path, Map<String, Object> body, String field) {
    Answer answer = bundle.postJson(path, body);
    assertEquals(200, answer.status(), answer.response().body());
    List<String> ids = new ArrayList<>();
    answer.json().get(field).forEach(one -> ids.add(one.get("id").asText()));
    return ids;
  }

  private static void settle() {
    bundle.bundle().camel().createProducerTemplate().sendBody("direct:case-settle", null);
  }
}
