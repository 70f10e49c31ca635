package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.drill.HostileSearches;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two tenants with the same texts, one with a hundred times as many rows; their ids tell whose a
 * row is. Vectors are searched approximately, as in a big store.
 */
class IsolationTest {
  private static final String SMALL = "key-of-small";
  private static final String HUGE = "key-of-huge";
  private static final int MEMORIES = 20;
  private static final int TIMES = 100;

  /** {@code FilterDrill} makes ten thousand of them. */
  private static final int ATTEMPTS = 400;

  private static final List<String> MODES = List.of("vector", "lexical", "hybrid");

  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws IOException {
    Path folder = RunningBundle.newFolder();
    Path keys =
        TestKeys.file(
            folder, TestKeys.line(SMALL, "small", "writer"), TestKeys.line(HUGE, "huge", "writer"));
    stubbed =
        StubbedBundle.open(
            folder,
            Map.of(
                "api.keys-file", keys.toString(),
                "inbox.tenant", "small",
                "mongo.embedded-exact-limit", "100",
                "memory.filterable", "topic:string,year:number,done:boolean,published:date"));
    bundle = stubbed.bundle();
    store(SMALL, 1);
    store(HUGE, TIMES);
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  private static void store(String key, int times) {
    for (int copy = 0; copy < times; copy += 10) {
      List<Map<String, Object>> items = new ArrayList<>();
      for (int again = copy; again < Math.min(copy + 10, times); again++) {
        int number = again;
        IntStream.range(0, MEMORIES).forEach(i -> items.add(memory(key, number, i)));
      }
      Answer answer = bundle.postJson("/v1/interactions", items, "X-API-Key", key);
      assertEquals(items.size(), answer.json().get("stored").asInt(), answer.response().body());
    }
  }

  private static Map<String, Object> memory(String key, int copy, int i) {
    return Map.of(
        "id",
        key + "-" + copy + "-" + i,
        "agent_id",
        "agent",
        "text",
        "needle number " + i,
        "metadata",
        Map.of(
            "topic",
            List.of("a", "b", "c", "$d", "\"}").get(i % 5),
            "year",
            i % 4,
            "done",
            i % 2 == 0,
            "published",
            "2026-01-0" + (1 + i % 4)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vector", "lexical", "hybrid"})
  void search_findsAllThereAre_howeverManyForeignRowsAreNearer(String mode) {
    for (int limit : new int[] {1, 5, MEMORIES, 2 * MEMORIES}) {
      Answer answer = search(Map.of("query", "needle number 7", "mode", mode, "limit", limit));
      assertEquals(Math.min(limit, MEMORIES), own(answer), mode + " " + limit);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "{\"topic\": \"a\"}                                     | 4",
        "{\"topic\": {\"in\": [\"a\", \"$d\"]}}                 | 8",
        "{\"year\": {\"gte\": 2}}                               | 10",
        "{\"done\": true, \"year\": {\"lt\": 2}}                | 5",
        "{\"not\": {\"topic\": {\"exists\": true}}}             | 0",
        "{\"or\": [{\"topic\": \"b\"}, {\"published\": {\"gt\": \"2026-01-03\"}}]} | 8",
        "{\"agent_id\": \"agent\"}                              | 20",
        "{\"agent_id\": \"huge\"}                               | 0",
      })
  void search_findsAllThatAFilterSelects_howeverManyForeignRowsItSelectsToo(
      String filter, int there) throws JsonProcessingException {
    for (String mode : MODES) {
      for (int limit : new int[] {1, 5, 2 * MEMORIES}) {
        Answer answer =
            search(
                Map.of(
                    "query",
                    "needle number 7",
                    "mode",
                    mode,
                    "limit",
                    limit,
                    "filter",
                    new ObjectMapper().readTree(filter)));
        assertEquals(Math.min(limit, there), own(answer), mode + " " + limit + " " + filter);
      }
    }
  }

  @Test
  void pages_holdEveryOwnRowOnce_andNoForeignOne() {
    for (String mode : MODES) {
      Map<String, Object> body =
          new HashMap<>(Map.of("query", "needle number 7", "mode", mode, "limit", 3));
      List<String> ids = new ArrayList<>();
      JsonNode page;
      do {
        Answer answer = search(body);
        own(answer);
        page = answer.json();
        page.get("results").forEach(hit -> ids.add(hit.get("id").asText()));
        body.put("cursor", page.path("next_cursor").asText());
      } while (page.has("next_cursor"));
      assertEquals(MEMORIES, ids.size(), mode);
      assertEquals(MEMORIES, Set.copyOf(ids).size(), mode);
    }
  }

  /** Operators, keys with dollars and dots, nested, huge, Unicode, other people's cursors. */
  @Test
  void anySearch_showsNoForeignRow_andIsAnsweredOrRefused() {
    List<String> cursors = new ArrayList<>();
    for (String key : List.of(HUGE, SMALL)) {
      for (String mode : MODES) {
        Map<String, Object> body = Map.of("query", "needle number 7", "mode", mode, "limit", 2);
        cursors.add(
            bundle
                .postJson("/v1/search", body, "X-API-Key", key)
                .json()
                .get("next_cursor")
                .asText());
      }
    }
    HostileSearches searches = new HostileSearches(20_261_123, cursors);
    int answered = 0;
    int found = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      String json = searches.next().body();
      Answer answer = bundle.post("/v1/search", json, "X-API-Key", SMALL);
      assertTrue(
          Set.of(200, 400, 413, 422).contains(answer.status()),
          () -> answer.status() + " " + answer.response().body() + " to " + json);
      if (answer.status() == 200) {
        answered++;
        found += own(answer);
      } else {
        assertFalse(answer.response().body().contains(HUGE), answer.response().body());
      }
    }
    assertTrue(answered > ATTEMPTS / 10, answered + " answered");
    assertTrue(answered < ATTEMPTS, "none refused");
    assertTrue(found > answered, found + " rows in " + answered + " answers");
  }

  private static Answer search(Map<String, Object> body) {
    return bundle.postJson("/v1/search", body, "X-API-Key", SMALL);
  }

  /** How many rows were found, each of them the small tenant's. */
  private static int own(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    JsonNode results = answer.json().get("results");
    for (JsonNode hit : results) {
      assertTrue(hit.get("id").asText().startsWith(SMALL), hit.toString());
    }
    return results.size();
  }
}
