package org.hippocamel.routes;

import static com.mongodb.client.model.Filters.eq;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ledger of sources over REST: pages, and forgetting a source with its passages. */
class SourcesRouteTest {
  private static StubbedBundle stubbed;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() {
    stubbed = StubbedBundle.open();
    bundle = stubbed.bundle();
    for (int i = 0; i < 7; i++) {
      store("notes/" + i + ".md");
    }
  }

  @AfterAll
  static void close() {
    stubbed.close();
  }

  @Test
  void sources_areListedPageByPage() {
    List<String> paged = new ArrayList<>();
    String after = "";
    int pages = 0;
    do {
      JsonNode page = bundle.get("/v1/sources?limit=3" + after).json();
      assertTrue(page.get("sources").size() <= 3);
      paged.addAll(ids(page));
      after = page.has("next") ? "&after=" + page.get("next").asText() : null;
      pages++;
    } while (after != null);
    List<String> all = ids(bundle.get("/v1/sources").json());
    assertEquals(all, paged);
    assertEquals(all.stream().sorted().toList(), all);
    assertEquals((all.size() + 2) / 3, pages);
  }

  @Test
  void sources_haveNoNextPageWhenTheLastIsFull() {
    int count = ids(bundle.get("/v1/sources").json()).size();
    assertFalse(bundle.get("/v1/sources?limit=" + count).json().has("next"));
  }

  @Test
  void sources_showWhatBecameOfThem() {
    JsonNode source = find("notes/3.md");
    assertEquals("Notes", source.get("title").asText(), source.toString());
    assertEquals(2, source.get("passages").asInt());
    assertEquals(0, source.get("failed").asInt());
    assertEquals("stored", source.get("status").asText());
    assertTrue(source.get("updated_at").asText().endsWith("Z"));
    assertFalse(source.has("tenant"));
    assertFalse(source.has("version"));
  }

  @Test
  void sources_refuseAPageThatIsNone() {
    for (String limit : List.of("0", "1001", "-1", "ten", "1e2")) {
      Refusal.field("/limit", "from 1 to 1000", bundle.get("/v1/sources?limit=" + limit));
    }
  }

  @Test
  void source_isForgottenWithItsPassages() {
    store("going.md");
    store("staying.md");
    String id = find("going.md").get("id").asText();
    bundle.post("/v1/interactions", "{\"agent_id\": \"a\", \"text\": \"what is known?\"}");
    Answer answer = bundle.delete("/v1/sources/" + id);
    assertEquals(204, answer.status(), answer.response().body());
    assertEquals(0, passages("going.md"));
    assertEquals(2, passages("staying.md"));
    assertEquals(1, bundle.collection("memories").countDocuments(eq("agent_id", "a")));
    Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/sources/" + id));
    JsonNode found =
        bundle
            .postJson("/v1/search", Map.of("query", "known", "filter", Map.of("source_id", id)))
            .json();
    assertEquals(0, found.get("results").size());
  }

  @Test
  void source_thatIsNotThereIsNotFound() {
    String detail = Refusal.of(ProblemKind.NOT_FOUND, bundle.delete("/v1/sources/unknown"));
    assertEquals("no source with id \"unknown\"", detail);
  }

  @Test
  void sources_areListedWhileTeiIsAway() {
    stubbed.tei().stop();
    try {
      assertEquals(200, bundle.get("/v1/sources").status());
    } finally {
      stubbed.tei().restartOnSamePort();
    }
  }

  private static void store(String uri) {
    Map<String, String> body =
        Map.of(
            "uri",
            uri,
            "title",
            "Notes",
            "text",
            "# Notes\n\nAll of " + uri + ".\n\n## More\n\nAll known.");
    Answer answer = bundle.postJson("/v1/documents", body);
    assertEquals(201, answer.status(), answer.response().body());
  }

  private static JsonNode find(String uri) {
    for (JsonNode source : bundle.get("/v1/sources?limit=1000").json().get("sources")) {
      if (source.get("uri").asText().equals(uri)) {
        return source;
      }
    }
    throw new AssertionError("no source " + uri);
  }

  private static long passages(String uri) {
    return bundle.collection("memories").countDocuments(eq("source.uri", uri));
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("sources").forEach(source -> ids.add(source.get("id").asText()));
    return ids;
  }
}
