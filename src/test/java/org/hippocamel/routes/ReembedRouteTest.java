package org.hippocamel.routes;

import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Memories move to another model: forward and back. */
@TestMethodOrder(OrderAnnotation.class)
class ReembedRouteTest {
  private static final int MEMORIES = 25;

  private static TwoModels models;
  private static ReembedSteps steps;

  @BeforeAll
  static void open() {
    models = TwoModels.open(Map.of());
    steps = new ReembedSteps(models.bundle());
  }

  @BeforeEach
  void fresh() {
    models.fresh();
    steps.fill(MEMORIES);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  @Test
  void reembed_staysReady_whenNobodyWantsTheSwitch_andIsSwitchedToByHand() {
    JsonNode done = steps.ended(steps.order(Map.of("switch", false)));
    assertEquals("ready", done.at("/result/state").asText(), done.toString());
    assertEquals(OLD, steps.search(Map.of()).get("space").asText());
    assertEquals(NEW, steps.search(Map.of("space", NEW)).get("space").asText());
    models
        .bundle()
        .collection("memories")
        .updateOne(
            new Document("_id", "default:m7"),
            new Document("$unset", new Document("vectors." + NEW, "")));
    Answer refused = steps.post("/v1/spaces/" + NEW + "/activate");
    Refusal.of(ProblemKind.CONFLICT, refused);
    assertTrue(refused.response().body().contains("1 memories have no vector"));
    assertEquals("done", steps.ended(steps.order(Map.of("space", NEW))).get("state").asText());
    assertEquals(NEW, steps.search(Map.of()).get("space").asText());
  }

  @Test
  void reembed_namesTheTextsThatTheNewModelRefuses_andDoesNotSwitch() {
    models.next().fail(text -> text.endsWith("number 3"), 422, "{}");
    JsonNode failed = steps.ended(steps.order(Map.of()));
    assertEquals("failed", failed.get("state").asText(), failed.toString());
    assertTrue(failed.get("reason").asText().contains("default:m3"), failed.toString());
    assertEquals(1, failed.get("failed").asInt());
    assertEquals(OLD, steps.search(Map.of()).get("space").asText());
    models.next().heal();
    steps.store("m3", "another memory number 3");
    assertEquals("done", steps.ended(steps.order(Map.of())).get("state").asText());
    assertEquals(NEW, steps.search(Map.of()).get("space").asText());
  }

  @Test
  void order_isRefused_whereThereIsNothingToMoveTo() {
    Answer unknown = steps.order(Map.of("space", "nowhere"));
    Refusal.of(ProblemKind.CONFLICT, unknown);
    assertTrue(unknown.response().body().contains("NEXT_TEI_URL"));
    Refusal.field("/fast", "unknown", steps.order(Map.of("fast", true)));
    assertFalse(ReembedSteps.ids(steps.spaces(false)).contains("nowhere"));
  }

  // The last one: nothing is left of the space that the others begin with.
  @Test
  @Order(Integer.MAX_VALUE)
  void reembed_movesEverything_andLeavesTheWayBack_untilTheOldSpaceIsRetired() {
    JsonNode plan = steps.order(Map.of("dry_run", true)).json();
    assertEquals(NEW, plan.get("space").asText());
    assertEquals(MEMORIES, plan.get("missing").asInt());
    assertTrue(plan.get("tokens").asInt() > 0, plan.toString());
    assertEquals(1, steps.spaces(false).size());
    JsonNode done = steps.ended(steps.order(Map.of()));
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(MEMORIES, done.get("done").asInt());
    assertEquals("active", done.at("/result/state").asText());
    assertTrue(done.at("/result/verified").asText().contains("25 vectors are what"));
    JsonNode counted = steps.spaces(true);
    assertEquals(List.of(NEW, OLD), ReembedSteps.ids(counted));
    counted.forEach(one -> assertEquals(0, one.path("missing").asInt(-1), counted.toString()));
    assertTrue(counted.get(1).get("previous").asBoolean());
    assertEquals(NEW, steps.search(Map.of()).get("space").asText());
    assertEquals(5, steps.search(Map.of("mode", "vector")).get("results").size());
    steps.store("late", "a memory after the switch");
    assertEquals(Set.of(OLD, NEW), models.vectors("late"));

    Refusal.of(ProblemKind.CONFLICT, steps.post("/v1/spaces/" + NEW + "/retire"));
    Refusal.of(ProblemKind.NOT_FOUND, steps.post("/v1/spaces/nowhere/activate"));
    assertEquals(200, steps.post("/v1/spaces/" + OLD + "/activate").status());
    assertEquals(OLD, steps.search(Map.of()).get("space").asText());
    assertEquals(200, steps.post("/v1/spaces/" + NEW + "/activate").status());
    JsonNode retired = steps.ended(steps.post("/v1/spaces/" + OLD + "/retire"));
    assertEquals("done", retired.get("state").asText(), retired.toString());
    assertEquals(MEMORIES + 1, retired.get("done").asInt());
    assertEquals(Set.of(NEW), models.vectors("m3"));
    assertEquals(Set.of("vector_" + NEW, "lexical"), models.indexes());
    steps.store("later", "a memory after that");
    assertEquals(Set.of(NEW), models.vectors("later"));
    Refusal.of(ProblemKind.CONFLICT, steps.post("/v1/spaces/" + OLD + "/activate"));
    assertEquals(5, steps.search(Map.of()).get("results").size());
  }
}
