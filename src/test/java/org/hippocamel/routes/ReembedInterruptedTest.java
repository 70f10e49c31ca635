package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.ReembedSteps.PATIENCE;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Re-embeddings that are held up: by an embedder, a process that died, and by order. */
class ReembedInterruptedTest {
  private static final int MEMORIES = 25;

  private static TwoModels models;
  private static ReembedSteps steps;

  @BeforeAll
  static void open() {
    models =
        TwoModels.open(
            Map.of("reembed.texts-per-second", "8", "embed.ingest-deadline-millis", "1000"));
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
  void reembed_waitsForAnEmbedderThatGoesAway_andForTheLeaseOfAProcessThatDied() {
    JsonNode job = steps.order(Map.of()).json();
    await().atMost(PATIENCE).until(() -> steps.job(job).get("done").asInt() > 0);
    Refusal.of(ProblemKind.CONFLICT, steps.order(Map.of()));
    Refusal.of(ProblemKind.CONFLICT, steps.post("/v1/spaces/" + NEW + "/activate"));
    models.stop(models.next());
    await().atMost(PATIENCE).until(() -> steps.job(job).hasNonNull("reason"));
    steps.store("meanwhile", "stored while the new embedder is away");
    models.restart(models.next());
    await().atMost(PATIENCE).until(() -> steps.job(job).get("state").asText().equals("running"));
    assertEquals(200, steps.post("/v1/jobs/" + job.get("id").asText() + "/pause").status());
    await()
        .atMost(PATIENCE)
        .until(() -> models.bundle().collection("reembed_slices").countDocuments(held()) == 0);
    // As if other processes had taken all slices and were gone.
    models
        .bundle()
        .collection("reembed_slices")
        .updateMany(
            new Document("state", "open"),
            new Document(
                "$set",
                new Document("owner", "gone")
                    .append("until", new Date(System.currentTimeMillis() + 1_500))));
    assertEquals(200, steps.post("/v1/jobs/" + job.get("id").asText() + "/resume").status());
    JsonNode done = steps.ended(job);
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(3, models.bundle().collection("reembed_slices").countDocuments());
    assertEquals(Set.of(OLD, NEW), models.vectors("meanwhile"));
    steps.spaces(true).forEach(one -> assertEquals(0, one.get("missing").asInt()));
    int texts =
        models.next().calls().stream()
            .mapToInt(
                call -> (int) call.texts().stream().filter(t -> t.startsWith("memory")).count())
            .sum();
    assertTrue(texts <= 2 * MEMORIES + 10, texts + " texts, the sample of the check among them");
  }

  private static Document held() {
    return new Document("state", "open").append("until", new Document("$gt", new Date()));
  }

  @Test
  void cancel_leavesTheSpaceUnfinished_andRetireClearsIt() {
    JsonNode job = steps.order(Map.of()).json();
    await().atMost(PATIENCE).until(() -> steps.job(job).get("done").asInt() > 0);
    steps.post("/v1/jobs/" + job.get("id").asText() + "/cancel");
    assertEquals("cancelled", steps.ended(job).get("state").asText());
    assertEquals("building", steps.spaces(false).get(1).get("state").asText());
    JsonNode retired = steps.ended(steps.post("/v1/spaces/" + NEW + "/retire"));
    assertEquals("done", retired.get("state").asText(), retired.toString());
    assertEquals(
        0,
        models
            .bundle()
            .collection("memories")
            .countDocuments(new Document("vectors." + NEW, new Document("$exists", true))));
    assertEquals(Set.of("vector_" + OLD, "lexical"), models.indexes());
  }
}
