package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.hippocamel.recall.RandomFilters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Contexts over REST. Only the incident holds words of the question; what else comes up, the graph
 * brought. A second tenant has the same texts.
 */
class ContextRouteTest {
  private static final String ONE = "key-of-one";
  private static final String TWO = "key-of-two";
  private static final String QUESTION = "why did the nightly export stop?";
  private static final int HUB = 60;

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder, TestKeys.line(ONE, "one", "writer"), TestKeys.line(TWO, "two", "writer"));
    stubbed =
        StubbedBundle.open(
            folder,
            Map.of(
                "api.keys-file",
                keys.toString(),
                "inbox.tenant",
                "one",
                // Scores are standardised by it: measured anew between two requests they differ.
                "recall.calibrate-millis",
                "3600000",
                "memory.filterable",
                "topic:string,year:number,done:boolean,published:date,tags:string"));
    bundle = stubbed.bundle();
    fill(ONE, "one");
    fill(TWO, "two");
  }

  private static void fill(String key, String tenant) {
    List<Map<String, Object>> said = new ArrayList<>();
    said.add(
        memory(
            tenant + "-incident",
            "ops",
            "The nightly export stopped with EXP-1042.",
            Map.of("session_id", "s1", "seq", 0, "metadata", Map.of("tags", List.of("daily")))));
    said.add(
        memory(
            tenant + "-answer",
            "ops",
            "Not before the holidays.",
            Map.of("session_id", "s1", "seq", 1)));
    said.add(
        memory(
            tenant + "-outcome",
            "ops",
            "It went well after all.",
            Map.of("links", List.of(tenant + "-incident"))));
    said.add(
        memory(
            tenant + "-elsewhere",
            "test",
            "EXP-1042 came up beside JOB-77.",
            Map.of("metadata", Map.of("topic", "secret", "year", 2024))));
    said.add(memory(tenant + "-further", "test", "JOB-77 is gone for good.", Map.of()));
    for (int i = 0; i < HUB; i++) {
      said.add(
          memory(
              tenant + "-daily-" + i,
              "ops",
              "drawer number " + i,
              Map.of("metadata", Map.of("tags", List.of("daily")))));
    }
    Answer stored = bundle.postJson("/v1/interactions", said, "X-API-Key", key);
    assertEquals(said.size(), stored.json().get("stored").asInt(), stored.response().body());
    Answer document =
        bundle.postJson(
            "/v1/documents",
            Map.of(
                "uri",
                tenant + "-runbook.md",
                "text",
                "# Runbook\n\n## EXP-1042\n\nThe volume is full: purge old snapshots.\n\n"
                    + "## EXP-2000\n\nAsk for new credentials."),
            "X-API-Key",
            key);
    assertEquals(201, document.status(), document.response().body());
  }

  private static Map<String, Object> memory(
      String id, String agent, String text, Map<String, Object> more) {
    Map<String, Object> memory = new HashMap<>(more);
    memory.put("id", id);
    memory.put("agent_id", agent);
    memory.put("text", text);
    return memory;
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @BeforeEach
  void fresh() {
    stubbed.fresh();
  }

  private static Answer ask(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(Map.of("query", QUESTION, "mode", "lexical", "k", 10));
    body.putAll(more);
    return bundle.postJson("/v1/context", body, "X-API-Key", ONE);
  }

  /** Ids, passages by their heading. */
  private static List<String> names(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    List<String> names = new ArrayList<>();
    answer
        .json()
        .get("items")
        .forEach(
            item ->
                names.add(
                    item.has("source")
                        ? item.at("/source/heading").asText()
                        : item.get("id").asText().replaceFirst("one-", "")));
    return names;
  }

  private static Set<String> found(Map<String, Object> more) {
    return new HashSet<>(names(ask(more)));
  }

  @Test
  void context_isTheSearchAlone_whereNothingElseIsWanted() {
    Answer answer = ask(Map.of("graph", false));
    assertEquals(List.of("incident"), names(answer));
    JsonNode reply = answer.json();
    assertEquals(
        "[1] interaction of ops, "
            + reply.at("/items/0/occurred_at").asText().substring(0, 10)
            + "\nThe nightly export stopped with EXP-1042.",
        reply.get("text").asText());
    assertFalse(reply.at("/items/0").has("via"));
    assertFalse(reply.has("stages"));
    assertFalse(reply.get("tokens_estimated").asBoolean());
    assertTrue(reply.get("tokens").asInt() > 5);
  }

  @Test
  void graph_bringsUpWhatSharesARareKey_notWhatEverybodyShares() {
    Answer answer = ask(Map.of("graph", true, "k", 20));
    List<String> names = names(answer);
    assertEquals("incident", names.get(0));
    assertEquals(
        Set.of("incident", "answer", "outcome", "elsewhere", "Runbook > EXP-1042"),
        new HashSet<>(names));
    for (JsonNode item : answer.json().get("items")) {
      assertEquals(item.get("id").asText().equals("one-incident") ? 0 : 1, item.get("hop").asInt());
    }
    assertEquals(Set.of("session:s1", "turn:s1#1"), via(answer, names.indexOf("answer")));
    assertEquals(Set.of("link:one-incident"), via(answer, names.indexOf("outcome")));
    assertEquals(Set.of("entity:exp-1042"), via(answer, names.indexOf("Runbook > EXP-1042")));
  }

  private static Set<String> via(Answer answer, int item) {
    Set<String> via = new HashSet<>();
    answer.json().at("/items/" + item + "/via").forEach(key -> via.add(key.asText()));
    return via;
  }

  @Test
  void secondHop_goesOnFromWhatTheFirstFound() {
    assertFalse(found(Map.of("graph", Map.of("hops", 1))).contains("further"));
    Answer two = ask(Map.of("graph", Map.of("hops", 2)));
    assertTrue(names(two).containsAll(List.of("elsewhere", "further", "Runbook > EXP-2000")));
    assertEquals(2, two.json().at("/items/" + names(two).indexOf("further") + "/hop").asInt());
  }

  /** What the question names leads on, though no search found a memory that has it. */
  @Test
  void questionsEntities_areFollowedToo() {
    Answer answer =
        ask(Map.of("query", "has the holidays question to do with JOB-77?", "graph", true));
    assertTrue(names(answer).contains("further"), answer.response().body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"kinds\": [\"interaction\"]}               | incident answer outcome elsewhere",
        "{\"agent_id\": \"ops\"}                      | incident answer outcome",
        "{\"session_id\": \"s1\"}                     | incident answer",
        "{\"filter\": {\"topic\": {\"ne\": \"secret\"}}, \"agent_id\": \"ops\"} | incident answer outcome",
        "{\"filter\": {\"not\": {\"topic\": \"secret\"}}, \"kinds\": [\"interaction\"]} | incident answer outcome",
        "{\"filter\": {\"year\": {\"gt\": 2000}}}     | ''",
      })
  void scope_holdsForWhatTheGraphBringsUp(String more, String names) {
    String body =
        "{\"query\": \"%s\", \"mode\": \"lexical\", \"k\": 20, \"graph\": true, %s"
            .formatted(QUESTION, more.substring(1));
    Answer answer = bundle.post("/v1/context", body, "X-API-Key", ONE);
    Set<String> expected = names.equals("''") ? Set.of() : Set.of(names.split(" "));
    assertEquals(expected, new HashSet<>(names(answer)));
  }

  /** Whatever the filter: nothing of the other tenant, and nothing that a search would not find. */
  @Test
  void anyFilter_holdsInTheGraphAsInTheSearch() {
    RandomFilters filters = new RandomFilters(11, 0.01);
    int answered = 0;
    for (int i = 0; i < 150; i++) {
      JsonNode filter = filters.next();
      Answer answer = ask(Map.of("filter", filter, "graph", Map.of("hops", 2), "k", 40));
      if (answer.status() == 200) {
        answered++;
        Set<String> allowed = allowed(filter);
        answer
            .json()
            .get("items")
            .forEach(
                item -> assertTrue(allowed.contains(item.get("id").asText()), filter::toString));
      }
    }
    assertTrue(answered > 50, answered + " answered");
  }

  private static Set<String> allowed(JsonNode filter) {
    Answer all =
        bundle.postJson(
            "/v1/search",
            Map.of("query", "all", "mode", "vector", "limit", 200, "filter", filter),
            "X-API-Key",
            ONE);
    Set<String> ids = new HashSet<>();
    all.json().get("results").forEach(hit -> ids.add(hit.get("id").asText()));
    return ids;
  }

  @Test
  void sameRequest_givesTheSameAnswer() {
    Map<String, Object> body =
        Map.of("graph", Map.of("hops", 2), "diversity", true, "token_budget", 90, "mode", "hybrid");
    JsonNode first = comparable(ask(body));
    for (int i = 0; i < 3; i++) {
      assertEquals(first, comparable(ask(body)));
    }
  }

  private static JsonNode comparable(Answer answer) {
    ObjectNode body = (ObjectNode) answer.json();
    body.remove("took_ms");
    return body;
  }

  @Test
  void budget_cutsTheTextAndSaysSo() {
    Answer answer = ask(Map.of("graph", true, "token_budget", 32));
    JsonNode reply = answer.json();
    assertTrue(reply.get("tokens").asInt() <= 32);
    assertEquals(
        5, reply.get("items").size() + reply.get("dropped").asInt(), answer.response().body());
    assertTrue(reply.get("dropped").asInt() > 0);
  }

  @Test
  void explain_showsTheStages() {
    JsonNode reply =
        ask(Map.of("graph", true, "diversity", true, "explain", true, "mode", "hybrid")).json();
    Set<String> stages = new HashSet<>();
    reply.get("stages").fieldNames().forEachRemaining(stages::add);
    assertTrue(
        stages.containsAll(
            List.of("recall_ms", "graph_ms", "rows_ms", "diversity_ms", "tokens_ms", "candidates")),
        stages.toString());
    Set<String> explained = new HashSet<>();
    reply.at("/items/0/explain").fieldNames().forEachRemaining(explained::add);
    assertTrue(
        explained.containsAll(List.of("vector", "fused", "relevance", "graph")),
        explained.toString());
  }

  @Test
  void nothingFound_isAnEmptyContext() {
    JsonNode reply = ask(Map.of("query", "zebra", "graph", true)).json();
    assertEquals("", reply.get("text").asText());
    assertEquals(0, reply.get("items").size());
    assertEquals(0, reply.get("tokens").asInt());
  }

  @Test
  void faults_areNamed() {
    Refusal.field("/limit", "unknown field", ask(Map.of("limit", 5)));
    Refusal.field("/k", "k 51 is above 50 (context.max-k)", ask(Map.of("k", 51)));
    Refusal.field("/graph/hops", "hops 3 is above 2", ask(Map.of("graph", Map.of("hops", 3))));
    Refusal.field("/graph/depth", "unknown field", ask(Map.of("graph", Map.of("depth", 1))));
    Refusal.field("/token_budget", "is below 32", ask(Map.of("token_budget", 1)));
    Refusal.field("/tenant", "comes from the API key", ask(Map.of("tenant", "two")));
    assertEquals(401, bundle.post("/v1/context", "{\"query\": \"q\"}").status());
  }

  @Test
  void embedderAway_costsWordsNothingButTheCount() {
    stubbed.tei().stop();
    try {
      JsonNode words = ask(Map.of("graph", true)).json();
      assertEquals(5, words.get("items").size());
      assertTrue(words.get("tokens_estimated").asBoolean());
      Answer meaning = ask(Map.of("mode", "vector"));
      assertTrue(List.of(503, 504).contains(meaning.status()), meaning.response().body());
    } finally {
      stubbed.tei().restartOnSamePort();
      await().until(() -> bundle.get("/health").status() == 200);
    }
    assertFalse(ask(Map.of()).json().get("tokens_estimated").asBoolean());
  }

  @Test
  void keys_areIndexedByTenant_andComeBackWithTheMemory() {
    var memories = bundle.collection("memories");
    List<String> indexes = new ArrayList<>();
    memories.listIndexes().forEach(index -> indexes.add(index.getString("name")));
    assertTrue(indexes.contains("tenant_1_keys_1"), indexes.toString());
    Document row = memories.find(Filters.eq("_id", "one:one-further")).first();
    assertEquals(List.of("link:one-further", "entity:job-77"), row.get("keys"));

    // As it was stored before there were entities.
    memories.updateOne(
        Filters.eq("_id", row.get("_id")),
        Updates.combine(Updates.set("keys", List.of()), Updates.set("digest", "before")));
    stubbed.fresh();
    Answer again =
        bundle.postJson(
            "/v1/interactions",
            memory("one-further", "test", "JOB-77 is gone for good.", Map.of()),
            "X-API-Key",
            ONE);
    assertEquals("updated", again.json().get("status").asText());
    assertEquals(List.of(), stubbed.embedded());
    assertEquals(
        row.get("keys"), memories.find(Filters.eq("_id", row.get("_id"))).first().get("keys"));
  }

  @Test
  void context_saysWhyItIsNotReranked() {
    JsonNode reply = ask(Map.of("rerank", true)).json();
    assertFalse(reply.get("reranked").asBoolean());
    assertTrue(reply.get("rerank_reason").asText().contains("RERANK_URL"), reply.toString());
    assertFalse(reply.get("items").isEmpty());
  }

  @Test
  void metrics_countTheStages() {
    ask(Map.of("graph", true));
    String metrics = bundle.manage("/observe/metrics").response().body();
    assertTrue(
        metrics.contains("hippocamel_context_stage_seconds_count{stage=\"graph\"}"), metrics);
  }

  @Test
  void writersOfOneTenant_haveNothingToDoWithAnother() {
    Answer two =
        bundle.postJson(
            "/v1/context",
            Map.of("query", QUESTION, "mode", "lexical", "graph", Map.of("hops", 2), "k", 50),
            "X-API-Key",
            TWO);
    assertTrue(two.json().get("items").size() > 5, two.response().body());
    two.json()
        .get("items")
        .forEach(
            item ->
                assertTrue(
                    (item.has("source") ? item.at("/source/uri") : item.get("id"))
                        .asText()
                        .startsWith("two-"),
                    item::toString));
    Refusal.of(ProblemKind.UNAUTHORISED, bundle.post("/v1/context", "{}", "X-API-Key", "x"));
  }
}
