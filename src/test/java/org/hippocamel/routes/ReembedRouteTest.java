package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memories move to another model: forward, back, and in spite of everything on the way. */
class ReembedRouteTest {
  private static final int MEMORIES = 25;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TwoModels models;

  @AfterEach
  void close() {
    models.close();
  }

  private void open(Map<String, String> settings) {
    models = TwoModels.open(settings);
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < MEMORIES; i++) {
      many.add(Map.of("id", "m" + i, "agent_id", "a", "text", "memory number " + i));
    }
    assertEquals(200, models.bundle().postJson("/v1/interactions", many).status());
  }

  @Test
  void reembed_movesEverything_andLeavesTheWayBack_untilTheOldSpaceIsRetired() {
    open(Map.of());
    JsonNode plan = order(Map.of("dry_run", true)).json();
    assertEquals(NEW, plan.get("space").asText());
    assertEquals(MEMORIES, plan.get("missing").asInt());
    assertTrue(plan.get("tokens").asInt() > 0, plan.toString());
    assertEquals(1, spaces(false).size());
    JsonNode done = ended(order(Map.of()));
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(MEMORIES, done.get("done").asInt());
    assertEquals("active", done.at("/result/state").asText());
    assertTrue(done.at("/result/verified").asText().contains("25 vectors are what"));
    JsonNode counted = spaces(true);
    assertEquals(List.of(NEW, OLD), ids(counted));
    counted.forEach(one -> assertEquals(0, one.path("missing").asInt(-1), counted.toString()));
    assertTrue(counted.get(1).get("previous").asBoolean());
    assertEquals(NEW, search(Map.of()).get("space").asText());
    assertEquals(5, search(Map.of("mode", "vector")).get("results").size());
    store("late", "a memory after the switch");
    assertEquals(Set.of(OLD, NEW), models.vectors("late"));

    Refusal.of(ProblemKind.CONFLICT, post("/v1/spaces/" + NEW + "/retire"));
    Refusal.of(ProblemKind.NOT_FOUND, post("/v1/spaces/nowhere/activate"));
    assertEquals(200, post("/v1/spaces/" + OLD + "/activate").status());
    assertEquals(OLD, search(Map.of()).get("space").asText());
    assertEquals(200, post("/v1/spaces/" + NEW + "/activate").status());
    JsonNode retired = ended(post("/v1/spaces/" + OLD + "/retire"));
    assertEquals("done", retired.get("state").asText(), retired.toString());
    assertEquals(MEMORIES + 1, retired.get("done").asInt());
    assertEquals(Set.of(NEW), models.vectors("m3"));
    assertEquals(Set.of("vector_" + NEW, "lexical"), indexes());
    store("later", "a memory after that");
    assertEquals(Set.of(NEW), models.vectors("later"));
    Refusal.of(ProblemKind.CONFLICT, post("/v1/spaces/" + OLD + "/activate"));
    assertEquals(5, search(Map.of()).get("results").size());
  }

  @Test
  void reembed_staysReady_whenNobodyWantsTheSwitch_andIsSwitchedToByHand() {
    open(Map.of());
    JsonNode done = ended(order(Map.of("switch", false)));
    assertEquals("ready", done.at("/result/state").asText(), done.toString());
    assertEquals(OLD, search(Map.of()).get("space").asText());
    assertEquals(NEW, search(Map.of("space", NEW)).get("space").asText());
    models
        .bundle()
        .collection("memories")
        .updateOne(
            new Document("_id", "default:m7"),
            new Document("$unset", new Document("vectors." + NEW, "")));
    Answer refused = post("/v1/spaces/" + NEW + "/activate");
    Refusal.of(ProblemKind.CONFLICT, refused);
    assertTrue(refused.response().body().contains("1 memories have no vector"));
    assertEquals("done", ended(order(Map.of("space", NEW))).get("state").asText());
    assertEquals(NEW, search(Map.of()).get("space").asText());
  }

  @Test
  void reembed_namesTheTextsThatTheNewModelRefuses_andDoesNotSwitch() {
    open(Map.of());
    models.next().fail(text -> text.endsWith("number 3"), 422, "{}");
    JsonNode failed = ended(order(Map.of()));
    assertEquals("failed", failed.get("state").asText(), failed.toString());
    assertTrue(failed.get("reason").asText().contains("default:m3"), failed.toString());
    assertEquals(1, failed.get("failed").asInt());
    assertEquals(OLD, search(Map.of()).get("space").asText());
    models.next().heal();
    store("m3", "another memory number 3");
    assertEquals("done", ended(order(Map.of())).get("state").asText());
    assertEquals(NEW, search(Map.of()).get("space").asText());
  }

  @Test
  void reembed_waitsForAnEmbedderThatGoesAway_andForTheLeaseOfAProcessThatDied() {
    open(Map.of("reembed.texts-per-second", "8"));
    JsonNode job = order(Map.of()).json();
    await().atMost(PATIENCE).until(() -> job(job).get("done").asInt() > 0);
    Refusal.of(ProblemKind.CONFLICT, order(Map.of()));
    Refusal.of(ProblemKind.CONFLICT, post("/v1/spaces/" + NEW + "/activate"));
    models.next().stop();
    await().atMost(PATIENCE).until(() -> job(job).hasNonNull("reason"));
    store("meanwhile", "stored while the new embedder is away");
    models.next().restartOnSamePort();
    await().atMost(PATIENCE).until(() -> job(job).get("state").asText().equals("running"));
    assertEquals(200, post("/v1/jobs/" + job.get("id").asText() + "/pause").status());
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
    assertEquals(200, post("/v1/jobs/" + job.get("id").asText() + "/resume").status());
    JsonNode done = ended(job);
    assertEquals("done", done.get("state").asText(), done.toString());
    assertEquals(3, models.bundle().collection("reembed_slices").countDocuments());
    assertEquals(Set.of(OLD, NEW), models.vectors("meanwhile"));
    spaces(true).forEach(one -> assertEquals(0, one.get("missing").asInt()));
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
    open(Map.of("reembed.texts-per-second", "4"));
    JsonNode job = order(Map.of()).json();
    await().atMost(PATIENCE).until(() -> job(job).get("done").asInt() > 0);
    post("/v1/jobs/" + job.get("id").asText() + "/cancel");
    assertEquals("cancelled", ended(job).get("state").asText());
    assertEquals("building", spaces(false).get(1).get("state").asText());
    JsonNode retired = ended(post("/v1/spaces/" + NEW + "/retire"));
    assertEquals("done", retired.get("state").asText(), retired.toString());
    assertEquals(
        0,
        models
            .bundle()
            .collection("memories")
            .countDocuments(new Document("vectors." + NEW, new Document("$exists", true))));
    assertEquals(Set.of("vector_" + OLD, "lexical"), indexes());
  }

  @Test
  void order_isRefused_whereThereIsNothingToMoveTo() {
    open(Map.of());
    Answer unknown = order(Map.of("space", "nowhere"));
    Refusal.of(ProblemKind.CONFLICT, unknown);
    assertTrue(unknown.response().body().contains("NEXT_TEI_URL"));
    Refusal.field("/fast", "unknown", order(Map.of("fast", true)));
    assertFalse(ids(spaces(false)).contains("nowhere"));
  }

  @Test
  void reembed_asksALabelledSetInBothSpaces_andForgetsIt(@TempDir Path sets) throws IOException {
    Path tiny = Files.createDirectories(sets.resolve("tiny"));
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
    for (String word : List.of("zebra", "walrus", "heron")) {
      corpus.append("{\"_id\":\"d-%s\",\"text\":\"the %s\"}\n".formatted(word, word));
      queries.append("{\"_id\":\"q-%s\",\"text\":\"%s\"}\n".formatted(word, word));
      qrels.append("q-%s\td-%s\t1\n".formatted(word, word));
    }
    Files.writeString(tiny.resolve("corpus.jsonl"), corpus);
    Files.writeString(tiny.resolve("queries.jsonl"), queries);
    Files.writeString(tiny.resolve("qrels.tsv"), qrels);
    open(
        Map.of(
            "evaluation.directory", sets.toString(),
            "reembed.evaluation", "tiny",
            "reembed.margin", "1"));
    JsonNode done = ended(order(Map.of()));
    assertEquals("done", done.get("state").asText(), done.toString());
    String verified = done.at("/result/verified").asText();
    assertTrue(verified.matches(".*nDCG@10 \\d\\.\\d{4} in " + NEW + ", .*recall@10 .*"), verified);
    assertEquals(MEMORIES, models.bundle().collection("memories").countDocuments());
  }

  @Test
  void reembed_failsWithItsReason_whenTheLabelledSetIsNotThere(@TempDir Path sets) {
    open(Map.of("evaluation.directory", sets.toString(), "reembed.evaluation", "tiny"));
    JsonNode failed = ended(order(Map.of()));
    assertEquals("failed", failed.get("state").asText());
    assertTrue(failed.get("reason").asText().contains("reembed.evaluation"), failed.toString());
    assertEquals("ready", spaces(false).get(1).get("state").asText());
    assertEquals(OLD, search(Map.of()).get("space").asText());
  }

  private Answer order(Map<String, ?> body) {
    return models.bundle().postJson("/v1/reembed", body);
  }

  private Answer post(String path) {
    return models.bundle().post(path, "");
  }

  private JsonNode ended(Answer accepted) {
    assertEquals(202, accepted.status(), accepted.response().body());
    return ended(accepted.json());
  }

  private JsonNode ended(JsonNode job) {
    Set<String> over = Set.of("done", "failed", "cancelled");
    await().atMost(PATIENCE).until(() -> over.contains(job(job).get("state").asText()));
    return job(job);
  }

  private JsonNode job(JsonNode job) {
    return models.bundle().get("/v1/jobs/" + job.get("id").asText()).json();
  }

  private JsonNode spaces(boolean counted) {
    return models.bundle().get("/v1/spaces" + (counted ? "?counts=true" : "")).json().get("spaces");
  }

  private static List<String> ids(JsonNode spaces) {
    return StreamSupport.stream(spaces.spliterator(), false)
        .map(one -> one.get("id").asText())
        .toList();
  }

  private void store(String id, String text) {
    Answer answer =
        models
            .bundle()
            .postJson("/v1/interactions", Map.of("id", id, "agent_id", "a", "text", text));
    assertEquals(2, answer.status() / 100, answer.response().body());
  }

  private JsonNode search(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("query", "memory number");
    Answer answer = models.bundle().postJson("/v1/search", body);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }

  private Set<String> indexes() {
    Set<String> names = new java.util.HashSet<>();
    models
        .bundle()
        .collection("memories")
        .aggregate(List.of(new Document("$listSearchIndexes", new Document())))
        .forEach(index -> names.add(index.getString("name")));
    return names;
  }
}
