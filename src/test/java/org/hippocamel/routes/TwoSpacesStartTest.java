package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start on a store whose memories have two embedding spaces. */
class TwoSpacesStartTest {
  private TwoModels models;

  @BeforeEach
  void open() {
    models = TwoModels.open(Map.of());
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void restart_findsTheActiveSpacesEmbedder_atEitherSetting() {
    building("ready");
    store("a", "words");
    models.activate(NEW, OLD);
    models.restart(Map.of());
    assertEquals(NEW, search(Map.of("mode", "vector")).json().get("space").asText());
    assertEquals(Set.of("a"), ids(search(Map.of("mode", "vector"))));
    models.restart(Map.of("tei.url", models.next().url(), "next.tei.url", models.old().url()));
    assertEquals(NEW, search(Map.of("mode", "vector")).json().get("space").asText());
    models.restart(Map.of("tei.url", models.next().url(), "next.tei.url", "none"));
    assertEquals(Set.of("a"), ids(search(Map.of("mode", "vector"))));
    store("b", "more");
    assertEquals(Set.of(NEW), models.vectors("b"));
  }

  @Test
  void start_waitsForNobody_whenTheOtherModelIsAway() {
    models.stop(models.next());
    models.restart(Map.of());
    store("a", "words");
    assertEquals(200, models.bundle().get("/health").status());
    models.restart(models.next());
    building("building");
    await().until(() -> storedInBoth("later"));
  }

  @Test
  void anEarlierVersionsStore_isReadAsItIs() {
    models.bundle().collection("spaces").deleteOne(new Document("_id", "~active"));
    models.state(OLD, "active");
    models.restart(Map.of());
    assertEquals("active", spaces().get(0).get("state").asText());
    Document pointer =
        models.bundle().collection("spaces").find(new Document("_id", "~active")).first();
    assertEquals(OLD, pointer.getString("space"));
  }

  private void building(String state) {
    models.building(state);
    await().until(() -> spaces().size() == 2);
  }

  private JsonNode spaces() {
    return models.bundle().get("/v1/spaces").json().get("spaces");
  }

  private void store(String id, String text) {
    Answer answer =
        models
            .bundle()
            .postJson("/v1/interactions", Map.of("id", id, "agent_id", "a", "text", text));
    assertTrue(answer.status() / 100 == 2, answer.response().body());
  }

  private int attempts;

  private boolean storedInBoth(String text) {
    String id = "again" + attempts++;
    store(id, text + id);
    return models.vectors(id).equals(Set.of(OLD, NEW));
  }

  private Answer search(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("query", "words");
    return models.bundle().postJson("/v1/search", body);
  }

  private static Set<String> ids(Answer answer) {
    assertEquals(200, answer.status(), answer.response().body());
    return StreamSupport.stream(answer.json().get("results").spliterator(), false)
        .map(hit -> hit.get("id").asText())
        .collect(Collectors.toSet());
  }
}
