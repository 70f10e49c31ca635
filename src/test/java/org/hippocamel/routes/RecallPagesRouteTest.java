package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pages, thresholds, times and the embedder's absence, over REST. The scripted TEI's vectors are a
 * hash of the text: the nearest memory of a question is the question after the space's instruction.
 */
class RecallPagesRouteTest {
  private static final String INSTRUCTION =
      "Represent this sentence for searching relevant passages: ";
  private static final String SEARCH = "/v1/search";
  private static final int MEMORIES = 250;
  private static final int LONG = 42;
  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed =
        StubbedBundle.open(
            RunningBundle.newFolder(),
            Map.of(
                "recall.max-depth", "200", "recall.pool", "10", "recall.patience-millis", "500"));
    bundle = stubbed.bundle();
    // Two of three share words with the questions, some of them twice; texts repeat.
    store(
        IntStream.range(0, MEMORIES)
            .mapToObj(
                i ->
                    Map.of(
                        "id",
                        "p-" + i,
                        "agent_id",
                        "pages",
                        "text",
                        (i % 3 == 0 ? "plain item " : "saddle number saddle ") + i / 2,
                        "metadata",
                        Map.of("topic", i % 5 == 0 ? "a" : "b"),
                        "occurred_at",
                        "2026-%02d-%02d".formatted(1 + i % 9, 1 + i % 28)))
            .toList());
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
  @ValueSource(ints = {1, 3, 7})
  void pages_areTheOneLongAnswer(int size) {
    for (String mode : MODES) {
      for (Map<String, Object> more : orders(mode)) {
        Map<String, Object> question = with(more, "query", "saddle number 17", "mode", mode);
        question.put("agent_id", "pages");
        List<String> whole = ids(search(with(question, "limit", LONG)));
        List<String> pages = pages(with(question, "limit", size), LONG);
        assertEquals(whole, pages, () -> size + " " + question);
        assertEquals(LONG, Set.copyOf(pages).size(), () -> size + " " + question);
      }
    }
  }

  private static List<Map<String, Object>> orders(String mode) {
    Map<String, Object> fresh = Map.of("freshness", Map.of("weight", 2, "half_life_days", 60));
    Map<String, Object> filtered = Map.of("filter", Map.of("topic", "b"), "since", "2026-02-01");
    return mode.equals("hybrid")
        ? List.of(
            Map.of(),
            fresh,
            filtered,
            Map.of("lexical_weight", 0.5),
            Map.of("pool", LONG),
            Map.of("fusion", "rrf", "pool", LONG))
        : List.of(Map.of(), fresh);
  }

  /** Page by page until so many results are there or nothing comes any more. */
  private static List<String> pages(Map<String, Object> question, int wanted) {
    List<String> all = new ArrayList<>();
    Answer page = search(question);
    all.addAll(ids(page));
    while (all.size() < wanted && page.json().has("next_cursor")) {
      page = search(with(question, "cursor", next(page)));
      assertFalse(ids(page).isEmpty(), "an empty page");
      all.addAll(ids(page));
    }
    return all.subList(0, Math.min(wanted, all.size()));
  }

  private static String next(Answer page) {
    return page.json().get("next_cursor").asText();
  }

  @Test
  void pages_endWithTheLastResult() {
    Map<String, Object> question =
        with(Map.of("agent_id", "pages"), "query", "saddle", "limit", 20);
    question.put("filter", Map.of("topic", "a"));
    for (String mode : MODES) {
      List<String> all = pages(with(question, "mode", mode), 1_000);
      int expected = mode.equals("lexical") ? 33 : MEMORIES / 5;
      assertEquals(expected, all.size(), mode);
      assertEquals(expected, Set.copyOf(all).size(), mode);
    }
    assertFalse(search(Map.of("query", "saddle", "agent_id", "nobody")).json().has("next_cursor"));
  }

  @Test
  void search_goesSoManyResultsDeep_andSaysSo() {
    Map<String, Object> question =
        with(Map.of("agent_id", "pages"), "query", "saddle", "limit", 150);
    Answer first = search(question);
    assertEquals(150, ids(first).size());
    Answer second = search(with(question, "cursor", next(first)));
    assertEquals(50, ids(second).size());
    assertEquals(
        151,
        search(with(with(question, "explain", true), "cursor", next(first)))
            .json()
            .at("/results/0/explain/fused/rank")
            .asInt());
    Answer refused = bundle.postJson(SEARCH, with(question, "cursor", next(second)));
    Refusal.field(
        "/cursor",
        "a search goes 200 (recall.max-depth) results deep, and 200 were given",
        refused);
  }

  @Test
  void cursor_belongsToItsRequest() {
    Map<String, Object> question = with(Map.of("agent_id", "pages"), "query", "saddle", "limit", 5);
    String cursor = next(search(question));
    for (Map.Entry<String, Object> change :
        Map.<String, Object>of(
                "query", "plain", "agent_id", "x", "mode", "vector", "min_score", 0.1)
            .entrySet()) {
      Refusal.field(
          "/cursor",
          "cursor belongs to a search that differs in",
          bundle.postJson(
              SEARCH, with(with(question, change.getKey(), change.getValue()), "cursor", cursor)));
    }
    Refusal.field(
        "/cursor", "cursor is none", bundle.postJson(SEARCH, with(question, "cursor", "abc")));
    Refusal.field(
        "/cursor",
        "differs in kinds",
        bundle.postJson("/v1/interactions/search", with(question, "cursor", cursor)));
  }

  @Test
  void pages_goOnBehindAResultThatIsGone_andShowWhatIsNewOnlyBelow() {
    store(
        IntStream.range(0, 6)
            .mapToObj(
                i -> Map.of("id", "g-" + i, "agent_id", "gone", "text", "garnet ".repeat(6 - i)))
            .toList());
    Map<String, Object> question =
        Map.of("query", "garnet", "agent_id", "gone", "mode", "lexical", "limit", 2);
    List<String> whole = ids(search(with(question, "limit", 9)));
    Answer first = search(question);
    assertEquals(whole.subList(0, 2), ids(first));
    assertEquals(204, bundle.delete("/v1/memories/" + whole.get(1)).status());
    assertEquals(whole.subList(2, 4), ids(search(with(question, "cursor", next(first)))));
  }

  @Test
  void threshold_ofRelevance_meansTheSameInEveryMode() {
    store(
        List.of(
            Map.of("id", "r-1", "agent_id", "r", "text", INSTRUCTION + "copper lamp"),
            Map.of("id", "r-2", "agent_id", "r", "text", "copper lamp copper lamp"),
            Map.of("id", "r-3", "agent_id", "r", "text", "iron stove")));
    Map<String, Object> question = Map.of("query", "copper lamp", "agent_id", "r");
    for (String mode : MODES) {
      for (String fusion : List.of("score", "rrf")) {
        Map<String, Object> asked = with(question, "mode", mode, "fusion", fusion);
        Answer near = search(with(asked, "min_relevance", 4.5));
        assertEquals(List.of("r-1"), ids(near), mode);
        assertTrue(near.json().at("/results/0/relevance").asDouble() > 4.5, mode);
        // Nothing like it is there: not even one that shares its words.
        assertEquals(
            List.of(),
            ids(search(with(with(asked, "query", "copper kettle"), "min_relevance", 4.5))),
            mode);
        assertFalse(ids(search(with(asked, "query", "copper kettle"))).isEmpty(), mode);
      }
    }
  }

  @Test
  void threshold_ofScores_isTheModes() {
    Map<String, Object> question =
        Map.of("query", "saddle number 17", "agent_id", "pages", "limit", 200);
    for (String mode : MODES) {
      JsonNode all = search(with(question, "mode", mode)).json().get("results");
      double least = all.get(9).get("score").asDouble();
      List<String> above = new ArrayList<>();
      all.forEach(
          hit -> {
            if (hit.get("score").asDouble() >= least) {
              above.add(hit.get("id").asText());
            }
          });
      assertEquals(above, ids(search(with(question, "mode", mode, "min_score", least))), mode);
    }
  }

  @Test
  void freshness_putsTheNewerFirst_andIsShown() {
    store(
        List.of(
            Map.of("id", "f-1", "agent_id", "f", "text", "opal", "occurred_at", "2020-01-01"),
            Map.of("id", "f-2", "agent_id", "f", "text", "opal")));
    Map<String, Object> fresh = Map.of("weight", 0.5, "half_life_days", 30);
    for (String mode : MODES) {
      Answer answer =
          search(
              with(
                  Map.of("query", "opal", "agent_id", "f", "freshness", fresh, "explain", true),
                  "mode",
                  mode));
      assertEquals(List.of("f-2", "f-1"), ids(answer), mode);
      assertEquals(1, answer.json().at("/results/0/explain/freshness/share").asDouble(), 0.01);
      assertEquals(0, answer.json().at("/results/1/explain/freshness/share").asDouble(), 1e-9);
    }
  }

  @Test
  void sinceAndUntil_boundWhatHappened() {
    store(
        List.of(
            Map.of("id", "t-1", "agent_id", "t", "text", "flint", "occurred_at", "2026-01-31"),
            Map.of("id", "t-2", "agent_id", "t", "text", "flint", "occurred_at", "2026-02-01"),
            Map.of("id", "t-3", "agent_id", "t", "text", "flint", "occurred_at", "2026-03-01")));
    for (String mode : MODES) {
      Map<String, Object> question = Map.of("query", "flint", "agent_id", "t", "mode", mode);
      assertEquals(
          List.of("t-2"),
          ids(search(with(question, "since", "2026-02-01", "until", "2026-03-01"))),
          mode);
      assertEquals(
          Set.of("t-2", "t-3"), Set.copyOf(ids(search(with(question, "since", "2026-02-01")))));
    }
    Refusal.field(
        "/until",
        "is not after since",
        bundle.postJson(
            SEARCH, Map.of("query", "flint", "since", "2026-03-01", "until", "2026-02-01")));
  }

  @Test
  void words_answerWhileTheEmbedderIsAway() {
    Map<String, Object> question =
        Map.of("query", "a saddle not asked for", "agent_id", "pages", "limit", 2);
    List<String> worded = ids(search(with(question, "mode", "lexical", "limit", 4)));
    Answer degraded;
    stubbed.tei().stop();
    try {
      String detail =
          Refusal.of(
              ProblemKind.UNAVAILABLE, bundle.postJson(SEARCH, with(question, "mode", "vector")));
      assertTrue(detail.startsWith("the embedder at tei.url does not answer"), detail);
      // Both were asked for: words alone answer, and the reply says so.
      degraded = search(question);
      assertEquals(worded.subList(0, 2), ids(degraded));
      String why = degraded.json().get("degraded").asText();
      assertTrue(why.startsWith("found by words alone: the embedder at tei.url"), why);
      assertEquals("hybrid", degraded.json().get("mode").asText());
      // What words alone cannot tell is not answered by them.
      for (String threshold : List.of("min_score", "min_relevance")) {
        Refusal.of(ProblemKind.UNAVAILABLE, bundle.postJson(SEARCH, with(question, threshold, 1)));
      }
    } finally {
      stubbed.tei().restartOnSamePort();
    }
    // What began by words alone goes on so, and says so, though the embedder is back.
    Answer next = search(with(question, "cursor", next(degraded)));
    assertEquals(worded.subList(2, 4), ids(next));
    assertTrue(next.json().get("degraded").asText().endsWith("while the embedder was away"));
    assertEquals(2, ids(search(with(question, "mode", "vector"))).size());
    assertFalse(search(question).json().has("degraded"));
    assertTrue(
        bundle
            .manage("/observe/metrics")
            .response()
            .body()
            .contains("hippocamel_recall_degraded_total 1.0"));
  }

  @Test
  void words_answerWhenTheEmbedderIsSlow() {
    stubbed.tei().delay(5_000);
    Answer answer = search(Map.of("query", "a slow saddle", "agent_id", "pages"));
    String why = answer.json().get("degraded").asText();
    assertTrue(why.contains("no vector within 500 ms (recall.patience-millis)"), why);
  }

  @Test
  void stages_areTimedByMode() {
    for (String mode : MODES) {
      Map<String, Double> before = runs(mode);
      search(Map.of("query", "a timed saddle", "mode", mode));
      Map<String, Double> ran = runs(mode);
      ran.replaceAll((stage, count) -> count - before.get(stage));
      boolean vector = !mode.equals("lexical");
      boolean words = !mode.equals("vector");
      assertEquals(vector ? 1 : 0, ran.get("embed"), mode);
      assertEquals(vector ? 1 : 0, ran.get("vector"), mode);
      assertEquals(words ? 1 : 0, ran.get("lexical"), mode);
      assertEquals(1, ran.get("fuse"), mode);
      assertEquals(1, ran.get("rows"), mode);
      assertEquals(mode.equals("hybrid") ? 1 : 0, ran.get("complete"), mode);
    }
    assertTrue(
        bundle
            .manage("/observe/metrics")
            .response()
            .body()
            .contains("hippocamel_recall_stage_seconds_sum{mode=\"hybrid\""));
  }

  /** How often each stage ran in a mode. */
  private static Map<String, Double> runs(String mode) {
    String begin = "hippocamel_recall_stage_seconds_count{mode=\"" + mode + "\",stage=\"";
    Map<String, Double> runs = new HashMap<>();
    bundle
        .manage("/observe/metrics")
        .response()
        .body()
        .lines()
        .filter(line -> line.startsWith(begin))
        .map(line -> line.substring(begin.length()).split("\"} "))
        .forEach(parts -> runs.put(parts[0], Double.valueOf(parts[1])));
    return runs;
  }

  private static Answer search(Map<String, Object> body) {
    Answer answer = bundle.postJson(SEARCH, body);
    assertEquals(200, answer.status(), answer.response().body());
    return answer;
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().get("results").forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  private static Map<String, Object> with(Map<String, Object> body, Object... fields) {
    Map<String, Object> more = new HashMap<>(body);
    IntStream.iterate(0, i -> i < fields.length, i -> i + 2)
        .forEach(i -> more.put(fields[i].toString(), fields[i + 1]));
    return more;
  }

  private static void store(List<? extends Map<String, ?>> memories) {
    Answer answer = bundle.postJson("/v1/interactions", memories);
    assertEquals(memories.size(), answer.json().path("stored").asInt(), answer.response().body());
  }
}
