package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
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

/**
 * Searching over REST. The scripted TEI's vectors are a hash of the text, so the nearest memory of
 * a question is the one whose text is the question after the space's instruction.
 */
class RecallRouteTest {
  private static final String INSTRUCTION =
      "Represent this sentence for searching relevant passages: ";
  private static final String ALL = "/v1/search";
  private static final String INTERACTIONS = "/v1/interactions/search";

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
    store(
        """
        [{"id": "m1", "agent_id": "shelf", "session_id": "s1", "text": "drawer one",
          "metadata": {"topic": "refund", "business": "bakery", "year": 2020,
            "tags": ["urgent", "vip"], "published": "2026-01-10"}, "occurred_at": "2026-01-10"},
         {"id": "m2", "agent_id": "shelf", "session_id": "s1", "text": "drawer two",
          "metadata": {"topic": "refund", "business": "dentist", "year": 2022.5, "tags": ["vip"],
            "published": "2026-02-10T08:00:00+01:00"}, "occurred_at": "2026-02-10"},
         {"id": "m3", "agent_id": "shelf", "session_id": "s2", "text": "drawer three",
          "metadata": {"topic": "delivery", "business": "bakery", "year": 2024,
            "published": "2026-03-10"}, "occurred_at": "2026-03-10"},
         {"id": "m4", "agent_id": "shelf", "session_id": "s2", "text": "drawer four",
          "metadata": {"topic": "delivery", "business": "dentist", "year": 2026},
          "occurred_at": "2026-04-10"},
         {"id": "m5", "agent_id": "shelf", "text": "drawer five", "occurred_at": "2026-05-10"},
         {"id": "x1", "agent_id": "attic", "text": "drawer in the attic"}]""");
    Answer document =
        bundle.post(
            "/v1/documents",
            """
            {"uri": "handbook/drawers.md", "title": "Drawers", "agent_id": "shelf",
             "text": "# Drawers\\n\\nA drawer of the handbook.", "metadata": {"topic": "refund"}}""");
    assertEquals(201, document.status(), document.response().body());
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
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"topic\": \"refund\"}                                       | m1 m2",
        "{\"topic\": {\"eq\": \"delivery\"}}                           | m3 m4",
        "{\"topic\": {\"ne\": \"delivery\"}}                           | m1 m2 m5",
        "{\"topic\": {\"in\": [\"refund\", \"unknown\"]}}              | m1 m2",
        "{\"topic\": {\"nin\": [\"refund\", \"unknown\"]}}             | m3 m4 m5",
        "{\"topic\": {\"exists\": false}}                              | m5",
        "{\"topic\": \"refund\", \"business\": \"bakery\"}             | m1",
        "{\"tags\": \"vip\"}                                           | m1 m2",
        "{\"tags\": {\"in\": [\"urgent\"]}}                            | m1",
        "{\"year\": {\"gte\": 2022.5}}                                 | m2 m3 m4",
        "{\"year\": {\"gt\": 2020, \"lt\": 2026}}                      | m2 m3",
        "{\"year\": 2024}                                              | m3",
        "{\"published\": {\"lte\": \"2026-02-10T07:00:00Z\"}}          | m1 m2",
        "{\"occurred_at\": {\"gte\": \"2026-04-01\"}}                  | m4 m5",
        "{\"session_id\": \"s2\"}                                      | m3 m4",
        "{\"not\": {\"topic\": \"refund\"}}                            | m3 m4 m5",
        "{\"or\": [{\"topic\": \"delivery\"}, {\"tags\": \"urgent\"}]} | m1 m3 m4",
        "{\"and\": [{\"business\": \"bakery\"}, {\"not\": {\"year\": {\"lt\": 2021}}}]} | m3",
        "{\"kind\": \"passage\"}                                       | ''",
      })
  void recall_filtersAlikeInEveryMode(String filter, String ids) {
    for (String mode : List.of("vector", "lexical", "hybrid")) {
      Answer answer =
          bundle.post(
              INTERACTIONS,
              "{\"query\": \"drawer\", \"limit\": 50, \"agent_id\": \"shelf\", \"mode\": \""
                  + mode
                  + "\", \"filter\": "
                  + filter
                  + "}");
      Set<String> expected = ids.equals("''") ? Set.of() : new TreeSet<>(List.of(ids.split(" ")));
      assertEquals(expected, new TreeSet<>(found(answer)), mode + " " + filter);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "lexical", "hybrid"})
  void recall_knowsAgentsSessionsAndKinds(String mode) {
    assertEquals(Set.of("x1"), search(ALL, mode, Map.of("agent_id", "attic")));
    assertEquals(
        Set.of("m1", "m2"), search(ALL, mode, Map.of("agent_id", "shelf", "session_id", "s1")));
    assertEquals(
        Set.of("m1", "m2", "m3", "m4", "m5"),
        search(ALL, mode, Map.of("agent_id", "shelf", "kinds", List.of("interaction"))));
    assertEquals(
        Set.of("m1", "m2", "m3", "m4", "m5"),
        search(INTERACTIONS, mode, Map.of("agent_id", "shelf")));
    Set<String> passages = search(ALL, mode, Map.of("kinds", List.of("passage")));
    assertEquals(1, passages.size());
    assertEquals(6, search(ALL, mode, Map.of("agent_id", "shelf")).size());
    assertEquals(Set.of(), search(ALL, mode, Map.of("agent_id", "nobody")));
  }

  @Test
  void recall_showsWhereAPassageComesFrom() {
    Answer answer = bundle.post(ALL, "{\"query\": \"handbook\", \"kinds\": [\"passage\"]}");
    JsonNode hit = answer.json().at("/results/0");
    assertEquals("passage", hit.get("kind").asText(), answer.response().body());
    assertEquals("handbook/drawers.md", hit.at("/source/uri").asText());
    assertEquals("Drawers", hit.at("/source/title").asText());
    assertEquals("Drawers", hit.at("/source/heading").asText());
    assertEquals(1, hit.at("/source/chunks").asInt());
    assertEquals("refund", hit.at("/metadata/topic").asText());
    assertFalse(hit.has("vectors"));
    assertFalse(hit.has("tenant"));
    assertFalse(hit.has("hash"));
  }

  @Test
  void recall_findsByFilterOnASource() {
    String source = bundle.get("/v1/sources").json().at("/sources/0/id").asText();
    Answer answer =
        bundle.postJson(ALL, Map.of("query", "drawer", "filter", Map.of("source_id", source)));
    assertEquals(1, found(answer).size());
    assertEquals(source, answer.json().at("/results/0/source/id").asText());
  }

  @Test
  void recall_scoresByCosineInModeVector() {
    store("[{\"id\": \"v1\", \"agent_id\": \"v\", \"text\": \"" + INSTRUCTION + "lamp\"}]");
    store("[{\"id\": \"v2\", \"agent_id\": \"v\", \"text\": \"lamp\"}]");
    Answer answer =
        bundle.post(ALL, "{\"query\": \"lamp\", \"mode\": \"vector\", \"agent_id\": \"v\"}");
    assertEquals(List.of("v1", "v2"), found(answer));
    assertEquals(1, answer.json().at("/results/0/score").asDouble(), 1e-4);
    assertTrue(Math.abs(answer.json().at("/results/1/score").asDouble()) < 0.5);
    assertEquals("vector", answer.json().get("mode").asText());
    assertEquals(bundle.space(), answer.json().get("space").asText());
    assertTrue(answer.json().get("took_ms").isInt());
    assertFalse(answer.json().get("reranked").asBoolean());
  }

  @Test
  void search_saysThatThereIsNoReranker() {
    Answer answer = bundle.post(ALL, "{\"query\": \"drawer\", \"rerank\": true, \"limit\": 2}");
    assertEquals(2, found(answer).size());
    assertFalse(answer.json().get("reranked").asBoolean());
    String reason = answer.json().get("rerank_reason").asText();
    assertTrue(reason.startsWith("not configured: set RERANK_URL"), reason);
  }

  @Test
  void recall_findsOtherFormsOfAWordInModeLexical() {
    store(
        """
        [{"id": "w1", "agent_id": "w", "text": "The invoices were paid twice."},
         {"id": "w2", "agent_id": "w", "text": "A parcel was lost."}]""");
    stubbed.fresh();
    Answer answer =
        bundle.post(ALL, "{\"query\": \"invoice\", \"mode\": \"lexical\", \"agent_id\": \"w\"}");
    assertEquals(List.of("w1"), found(answer));
    assertTrue(answer.json().at("/results/0/score").asDouble() > 0);
    assertEquals(List.of(), stubbed.tei().calls());
  }

  @Test
  void recall_addsTheCalibratedScoresOfBothSearches() {
    storeCandles();
    Answer answer =
        bundle.post(
            ALL,
            "{\"query\": \"candle light\", \"agent_id\": \"h\", \"explain\": true,"
                + " \"lexical_weight\": 0.25}");
    assertEquals(3, found(answer).size());
    int rank = 0;
    for (JsonNode hit : answer.json().get("results")) {
      double vector = hit.at("/explain/vector/calibrated").asDouble();
      double words = hit.at("/explain/lexical/calibrated").asDouble();
      assertEquals(0.75 * vector + 0.25 * words, hit.get("score").asDouble(), 1e-9);
      assertEquals(++rank, hit.at("/explain/fused/rank").asInt());
      assertEquals(hit.get("score"), hit.at("/explain/fused/score"));
      assertEquals(hit.get("id").asText().equals("h3"), !hit.get("explain").has("lexical"));
    }
    assertEquals(1, hit(answer, "h1").at("/explain/vector/score").asDouble(), 1e-4);
    assertEquals("hybrid", answer.json().get("mode").asText());
  }

  @Test
  void recall_addsReciprocalRanksWhereAskedTo() {
    storeCandles();
    Answer answer =
        bundle.post(
            ALL,
            "{\"query\": \"candle light\", \"agent_id\": \"h\", \"explain\": true,"
                + " \"fusion\": \"rrf\"}");
    assertEquals(3, found(answer).size());
    for (JsonNode hit : answer.json().get("results")) {
      double sum = 0;
      for (String stage : List.of("vector", "lexical")) {
        JsonNode rank = hit.at("/explain/" + stage + "/rank");
        sum += rank.isMissingNode() ? 0 : 1 / (60.0 + rank.asInt());
      }
      assertEquals(sum, hit.get("score").asDouble(), 1e-12, hit.toString());
    }
    assertEquals(1, hit(answer, "h1").at("/explain/vector/rank").asInt());
    assertEquals(1, hit(answer, "h2").at("/explain/lexical/rank").asInt());
  }

  private static void storeCandles() {
    store(
        """
        [{"id": "h1", "agent_id": "h", "text": "%scandle light"},
         {"id": "h2", "agent_id": "h", "text": "candle candle light light"},
         {"id": "h3", "agent_id": "h", "text": "something else"}]"""
            .formatted(INSTRUCTION));
  }

  @Test
  void recall_scoresWhatOnlyOneSearchFoundByTheOtherToo() {
    // More than fill a list of 60: half of them share no word with the question, and of those that
    // do the list of nearest has only some.
    List<Map<String, String>> items =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    Map.of(
                        "id",
                        "g-" + i,
                        "agent_id",
                        "gaps",
                        "text",
                        (i % 2 == 0 ? "saddle number " : "plain item ") + i))
            .toList();
    assertEquals(200, bundle.postJson("/v1/interactions", items).json().get("stored").asInt());
    Answer answer =
        bundle.post(
            ALL,
            "{\"query\": \"saddle\", \"agent_id\": \"gaps\", \"limit\": 15, \"explain\": true,"
                + " \"lexical_weight\": 1}");
    boolean byWordsAlone = false;
    for (JsonNode hit : answer.json().get("results")) {
      JsonNode explain = hit.get("explain");
      assertTrue(explain.get("vector").has("score"), hit.toString());
      assertTrue(explain.get("lexical").has("score"), hit.toString());
      byWordsAlone |= !explain.get("vector").has("rank");
    }
    assertTrue(byWordsAlone, answer.response().body());
    // The cosine asked for afterwards is the one that mode vector gives.
    JsonNode alone =
        StreamSupport.stream(answer.json().get("results").spliterator(), false)
            .filter(hit -> !hit.at("/explain/vector").has("rank"))
            .findFirst()
            .orElseThrow();
    Answer vector =
        bundle.post(
            ALL,
            "{\"query\": \"saddle\", \"agent_id\": \"gaps\", \"limit\": 200,"
                + " \"mode\": \"vector\"}");
    assertEquals(
        hit(vector, alone.get("id").asText()).get("score").asDouble(),
        alone.at("/explain/vector/score").asDouble(),
        1e-6);
  }

  @Test
  void recall_showsStagesOnlyWhenAsked() {
    Answer answer = bundle.post(ALL, "{\"query\": \"drawer\"}");
    answer.json().get("results").forEach(hit -> assertFalse(hit.has("explain")));
  }

  @Test
  void recall_givesAsManyAsAskedAndTheSameEveryTime() {
    List<Map<String, String>> items =
        IntStream.range(0, 250)
            .mapToObj(i -> Map.of("id", "k-" + i, "agent_id", "many", "text", "needle number " + i))
            .toList();
    assertEquals(250, bundle.postJson("/v1/interactions", items).json().get("stored").asInt());
    for (String mode : List.of("vector", "lexical", "hybrid")) {
      Map<String, Object> body =
          Map.of("query", "needle", "limit", 200, "agent_id", "many", "mode", mode);
      List<String> first = found(bundle.postJson(ALL, body));
      assertEquals(200, first.size(), mode);
      assertEquals(200, Set.copyOf(first).size(), mode);
      assertEquals(first, found(bundle.postJson(ALL, body)), mode);
    }
    assertEquals(
        5, found(bundle.post(ALL, "{\"query\": \"needle\", \"agent_id\": \"many\"}")).size());
  }

  @Test
  void recall_findsAChangedTextAndForgetsTheOldOne() {
    store("[{\"id\": \"c1\", \"agent_id\": \"c\", \"text\": \"a walrus\"}]");
    store("[{\"id\": \"c1\", \"agent_id\": \"c\", \"text\": \"a penguin\"}]");
    assertEquals(Set.of(), words("walrus", "c"));
    assertEquals(Set.of("c1"), words("penguin", "c"));
    assertEquals(204, bundle.delete("/v1/memories/c1").status());
    assertEquals(Set.of(), words("penguin", "c"));
    assertEquals(Set.of(), search(ALL, "vector", Map.of("agent_id", "c")));
  }

  private static Set<String> words(String query, String agent) {
    return Set.copyOf(
        found(bundle.postJson(ALL, Map.of("query", query, "mode", "lexical", "agent_id", agent))));
  }

  @Test
  void recall_putsTheInstructionBeforeQueriesOnly() {
    store("[{\"id\": \"i1\", \"agent_id\": \"i\", \"text\": \"plain text\"}]");
    bundle.post(ALL, "{\"query\": \"plain query\", \"agent_id\": \"i\"}");
    assertEquals(List.of("plain text", INSTRUCTION + "plain query"), stubbed.embedded());
  }

  @Test
  void recall_takesOperatorsAndSyntaxInAQueryAsWords() {
    for (String query : List.of("drawer AND NOT (two", "*:* OR \"", "{\"$gt\": \"\"}", "a/b\\c")) {
      Answer answer = bundle.postJson(ALL, Map.of("query", query, "mode", "lexical"));
      assertEquals(200, answer.status(), answer.response().body());
    }
  }

  @Test
  void recall_answersAQueryOfStopWordsOnly() {
    Answer answer = bundle.postJson(ALL, Map.of("query", "the of and", "mode", "lexical"));
    assertEquals(200, answer.status(), answer.response().body());
  }

  @Test
  void recall_refusesByPointer() {
    Answer answer =
        bundle.post(
            ALL,
            """
            {"query": "x", "limit": 500, "mode": "magic", "kinds": ["dream"], "agentid": "a",
             "filter": {"colour": "red", "year": {"gte": "soon"}}, "tenant": "acme"}""");
    Refusal.field("/limit", "limit 500 is above 200 (limits.max-limit)", answer);
    Refusal.field("/mode", "vector, lexical, hybrid", answer);
    Refusal.field("/kinds/0", "dream", answer);
    Refusal.field("/agentid", "did you mean \"agent_id\"", answer);
    Refusal.field("/filter/colour", "colour", answer);
    Refusal.field("/filter/year/gte", "number", answer);
    Refusal.field("/tenant", "comes from the API key", answer);
    assertEquals(List.of(), stubbed.tei().calls());
  }

  @Test
  void recall_refusesKindsAmongInteractions() {
    Answer answer = bundle.post(INTERACTIONS, "{\"query\": \"x\", \"kinds\": [\"passage\"]}");
    Refusal.field("/kinds", "unknown field", answer);
  }

  @Test
  void recall_saysThatTeiRefusesTheQuestion() {
    stubbed.tei().fail(text -> text.contains("riddle"), 422, "{\"error\":\"no\"}");
    Refusal.of(ProblemKind.EMBEDDER_FAILED, bundle.post(ALL, "{\"query\": \"a riddle\"}"));
  }

  private static Set<String> search(String path, String mode, Map<String, ?> more) {
    Map<String, Object> body = new java.util.HashMap<>(more);
    body.put("query", "drawer");
    body.put("mode", mode);
    body.put("limit", 50);
    return Set.copyOf(found(bundle.postJson(path, body)));
  }

  private static void store(String items) {
    Answer answer = bundle.post("/v1/interactions", items);
    assertEquals(200, answer.status(), answer.response().body());
    assertEquals(0, answer.json().get("failed").asInt(), answer.response().body());
  }

  private static List<String> found(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    List<String> ids = new ArrayList<>();
    answer.json().get("results").forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  private static JsonNode hit(Answer answer, String id) {
    return StreamSupport.stream(answer.json().get("results").spliterator(), false)
        .filter(hit -> hit.get("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void question_ofThousandsOfCharactersWithoutABlankIsAnswered() {
    StringBuilder question = new StringBuilder();
    IntStream.range(0x4E00, 0x4E00 + 3_000).forEach(question::appendCodePoint);
    IntStream.range(0, 600).forEach(i -> question.append("-w").append(i));
    for (String mode : List.of("hybrid", "lexical")) {
      assertEquals(
          200,
          bundle.postJson(ALL, Map.of("query", question.toString(), "mode", mode)).status(),
          mode);
    }
  }
}
