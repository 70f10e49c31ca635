package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two embedding spaces beside each other: who writes where, and who is searched. */
class TwoSpacesRouteTest {
  private static TwoModels models;

  @BeforeAll
  static void open() {
    models = TwoModels.open(Map.of());
  }

  @BeforeEach
  void fresh() {
    models.fresh();
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void write_goesToTheActiveSpaceAlone_untilAnotherIsBuilt() {
    store("a", "first", Map.of());
    assertEquals(Set.of(OLD), models.vectors("a"));
    building("building");
    store("b", "second", Map.of());
    assertEquals(Set.of(OLD, NEW), models.vectors("b"));
    assertEquals(
        1, models.next().calls().stream().filter(call -> call.texts().contains("second")).count());
  }

  @Test
  void metadata_keepsTheVectorsOfAllSpaces_andANewTextReplacesThemAll() {
    building("building");
    store("a", "text", Map.of("topic", "x"));
    Document before = models.row("a").get("vectors", Document.class);
    models.stop(models.next());
    store("a", "text", Map.of("topic", "y"));
    Document after = models.row("a").get("vectors", Document.class);
    assertEquals(before.get(OLD), after.get(OLD));
    assertEquals(before.get(NEW), after.get(NEW));
    assertEquals("y", models.row("a").getEmbedded(List.of("metadata", "topic"), String.class));
    store("a", "another text", Map.of());
    assertEquals(Set.of(OLD), models.vectors("a"));
  }

  @Test
  void aTwin_lendsBothVectors() {
    building("building");
    store("a", "the same", Map.of());
    models.old().forgetCalls();
    models.next().forgetCalls();
    store("b", "the same", Map.of());
    assertEquals(Set.of(OLD, NEW), models.vectors("b"));
    assertEquals(0, models.old().calls().size() + models.next().calls().size());
  }

  @Test
  void write_isStoredWithoutTheOtherVector_whenItsEmbedderRefusesOrIsAway() {
    building("building");
    models.next().failNext(1, 422, "{}");
    store("a", "refused there", Map.of());
    assertEquals(Set.of(OLD), models.vectors("a"));
    models.stop(models.next());
    store("b", "nobody there", Map.of());
    assertEquals(Set.of(OLD), models.vectors("b"));
    assertEquals(200, models.bundle().get("/health").status());
    models.restart(models.next());
    await().until(() -> storedInBoth("back"));
  }

  private int attempts;

  private boolean storedInBoth(String text) {
    String id = "again" + attempts++;
    store(id, text + id, Map.of());
    return models.vectors(id).equals(Set.of(OLD, NEW));
  }

  @Test
  void search_ofANamedSpace_isAnsweredFromIt_whenItIsComplete() {
    store("a", "first words", Map.of());
    building("building");
    Refusal.of(ProblemKind.CONFLICT, search(Map.of("space", NEW)));
    Refusal.field("/space", OLD + " (active)", search(Map.of("space", "nowhere")));
    Refusal.of(ProblemKind.CONFLICT, context(Map.of("space", NEW)));
    Refusal.field("/space", OLD + " (active)", context(Map.of("space", "nowhere")));
    store("b", "second words", Map.of());
    models.state(NEW, "ready");
    await().until(() -> search(Map.of("space", NEW)).status() == 200);
    Map<String, Object> there = Map.of("space", NEW, "mode", "vector");
    assertEquals(NEW, search(there).json().get("space").asText());
    assertEquals(Set.of("b"), ids(search(there)));
    JsonNode context = context(there).json();
    assertEquals(NEW, context.get("space").asText());
    assertEquals(1, context.get("items").size());
    assertEquals(2, context(Map.of("mode", "vector")).json().get("items").size());
    assertEquals(OLD, search(Map.of()).json().get("space").asText());
    assertEquals(Set.of("a", "b"), ids(search(Map.of("mode", "vector"))));
  }

  @Test
  void switch_isFollowed_andTheOldSpaceIsStillWritten_andTheCursorOfTheOldIsRefused() {
    building("ready");
    store("a", "first words", Map.of());
    store("b", "second words", Map.of());
    String cursor = search(Map.of("limit", 1)).json().get("next_cursor").asText();
    models.activate(NEW, OLD);
    await().until(() -> search(Map.of()).json().get("space").asText().equals(NEW));
    assertEquals(Set.of("a", "b"), ids(search(Map.of("mode", "vector"))));
    Refusal.field(
        "/cursor", "another embedding space", search(Map.of("limit", 1, "cursor", cursor)));
    store("c", "third words", Map.of());
    assertEquals(Set.of(OLD, NEW), models.vectors("c"));
    models.stop(models.old());
    store("d", "fourth words", Map.of());
    assertEquals(Set.of(NEW), models.vectors("d"));
    models.activate(OLD, NEW);
    await().until(() -> spaces().get(0).get("id").asText().equals(OLD));
    await().until(() -> models.bundle().get("/health").status() == 503);
    models.restart(models.old());
    await().until(() -> models.bundle().get("/health").status() == 200);
    assertEquals(OLD, search(Map.of()).json().get("space").asText());
  }

  private void building(String state) {
    models.building(state);
    await().until(() -> spaces().size() == 2);
  }

  private JsonNode spaces() {
    return models.bundle().get("/v1/spaces").json().get("spaces");
  }

  private void store(String id, String text, Map<String, ?> metadata) {
    Answer answer =
        models
            .bundle()
            .postJson(
                "/v1/interactions",
                Map.of("id", id, "agent_id", "a", "text", text, "metadata", metadata));
    assertTrue(answer.status() / 100 == 2, answer.response().body());
  }

  private Answer search(Map<String, ?> more) {
    return ask("/v1/search", more);
  }

  private Answer context(Map<String, ?> more) {
    return ask("/v1/context", more);
  }

  private Answer ask(String path, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("query", "words");
    return models.bundle().postJson(path, body);
  }

  private static Set<String> ids(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    return StreamSupport.stream(answer.json().get("results").spliterator(), false)
        .map(hit -> hit.get("id").asText())
        .collect(Collectors.toSet());
  }
}
