package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may say what worked, and how many cases a problem has. */
class CaseGuardsRouteTest {
  private static final String WRITER = "key-of-the-writer";
  private static final String ADMIN = "key-of-the-admin";

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder, TestKeys.line(WRITER, "acme", "writer"), TestKeys.line(ADMIN, "acme", "admin"));
    stubbed =
        StubbedBundle.open(
            folder,
            Map.of(
                "api.keys-file", keys.toString(),
                "inbox.tenant", "acme",
                "cases.positive-role", "admin",
                "cases.cluster-cap", "3"));
    bundle = stubbed.bundle();
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void success_cannotBeTakenOverByWhoMayNotSayIt() {
    Map<String, Object> good = sent("good", "wheel squeaks", "grease it");
    good.put("outcome", Map.of("status", "success"));
    assertEquals(201, post(ADMIN, "/v1/cases", good).status());
    assertEquals(201, post(WRITER, "/v1/cases", sent("evil", "x", "break it")).status());
    Refusal.of(ProblemKind.FORBIDDEN, post(WRITER, "/v1/cases/good/merge", Map.of("into", "evil")));
    Refusal.of(
        ProblemKind.FORBIDDEN,
        post(WRITER, "/v1/cases/evil/outcomes", Map.of("status", "failure", "reward", 1)));
    String detail =
        Refusal.of(
            ProblemKind.CONFLICT,
            post(WRITER, "/v1/cases", sent("good", "wheel squeaks", "break it")));
    assertTrue(detail.contains("needs the role admin (cases.positive-role)"), detail);
    Refusal.of(ProblemKind.CONFLICT, post(WRITER, "/v1/cases", sent("good", "x", "grease it")));
    Map<String, Object> steps = sent("good", "wheel squeaks", "grease it");
    steps.put("steps", List.of("break it"));
    Refusal.of(ProblemKind.CONFLICT, post(WRITER, "/v1/cases", steps));
    Map<String, Object> tagged = sent("good", "wheel squeaks", "grease it");
    tagged.put("metadata", Map.of("topic", "bikes"));
    assertEquals(200, post(WRITER, "/v1/cases", tagged).status());
    assertEquals("grease it", found("good").get("solution").asText());
    // An interaction under its id hides the case, and does not wash it.
    Map<String, String> said = Map.of("id", "good", "agent_id", "a", "text", "hello");
    post(WRITER, "/v1/interactions", said);
    Refusal.of(
        ProblemKind.CONFLICT, post(WRITER, "/v1/cases", sent("good", "wheel squeaks", "break it")));
    assertEquals(200, post(ADMIN, "/v1/cases", sent("good", "wheel squeaks", "oil it")).status());
    assertEquals(
        200, post(WRITER, "/v1/cases", sent("evil", "x", "mend it")).status(), "nothing is earned");
  }

  @Test
  void merge_thatDiedBeforeItBeganIsMadeWhenTheCaseIsSentAgain_intoTheEarlierOne() {
    assertEquals(201, post(WRITER, "/v1/cases", sent("early", "door jams", "plane it")).status());
    // An import merges nothing, as one who died before the merge.
    imported("{\"id\": \"late\", \"problem\": \"door jams\", \"solution\": \"plane it\"}");
    Map<String, Object> first = sent("early", "door jams", "plane it");
    assertFalse(post(WRITER, "/v1/cases", first).json().has("merged_into"));
    Answer again = post(WRITER, "/v1/cases", sent("late", "door jams", "plane it"));
    assertEquals("early", again.json().path("merged_into").asText(), again.response().body());
    Document row = bundle.collection("memories").find(eq("_id", "acme:late")).first();
    assertEquals("acme:early", row.get("case", Document.class).getString("merged_into"));
  }

  @Test
  void knownCase_mayBeSentAgainHoweverManyThereAre() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      lines.append(
          "{\"id\": \"many-%d\", \"problem\": \"rain\", \"solution\": \"way %d\"}\n"
              .formatted(i, i));
    }
    imported(lines.toString());
    for (int i = 0; i < 20; i++) {
      Answer again = post(WRITER, "/v1/cases", sent("many-" + i, "rain", "way " + i));
      assertEquals(200, again.status(), again.response().body());
    }
    Refusal.of(ProblemKind.CONFLICT, post(WRITER, "/v1/cases", sent("many-20", "rain", "way 20")));
  }

  private static void imported(String lines) {
    Answer answer = bundle.post("/v1/cases/import", lines, "Authorization", "Bearer " + ADMIN);
    assertEquals(0, answer.json().get("failed").asInt(), answer.response().body());
  }

  private static Map<String, Object> sent(String id, String problem, String solution) {
    return new HashMap<>(Map.of("id", id, "problem", problem, "solution", solution));
  }

  private static Answer post(String key, String path, Object body) {
    return bundle.postJson(path, body, "Authorization", "Bearer " + key);
  }

  private static JsonNode found(String id) {
    return bundle.get("/v1/cases/" + id, "Authorization", "Bearer " + WRITER).json();
  }
}
