package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes do to the spaces at the same moment. */
class ReembedRacesRouteTest {
  private static final int MEMORIES = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TwoModels models;

  @BeforeEach
  void open() {
    models = TwoModels.open(Map.of("spaces.watch-millis", "500"));
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < MEMORIES; i++) {
      many.add(Map.of("id", "m" + i, "agent_id", "a", "text", "memory number " + i));
    }
    assertEquals(200, models.bundle().postJson("/v1/interactions", many).status());
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void aSpaceThatIsLetGoOf_isNotSwitchedTo_untilItIsFilledAgain() {
    done(post("/v1/reembed", Map.of("switch", false)));
    long before = active().get("epoch", Number.class).longValue();
    done(post("/v1/spaces/" + NEW + "/retire", Map.of()));
    assertEquals(before + 1, active().get("epoch", Number.class).longValue());
    assertEquals(NEW, active().getString("retiring"));
    done(post("/v1/reembed", Map.of("switch", false)));
    // As where a retirement was cancelled after its first step.
    models
        .bundle()
        .collection("spaces")
        .updateOne(
            new Document("_id", "~active"), new Document("$set", new Document("retiring", NEW)));
    Answer refused = post("/v1/spaces/" + NEW + "/activate", Map.of());
    Refusal.of(ProblemKind.CONFLICT, refused);
    assertEquals(OLD, active().getString("space"));
    done(post("/v1/reembed", Map.of()));
    assertEquals(NEW, active().getString("space"));
    assertEquals(Set.of(OLD, NEW), models.vectors("m3"));
  }

  @Test
  void aWriteThatASwitchOvertakes_getsAVectorInTheNewSpaceToo() throws Exception {
    models.old().forgetCalls();
    models.old().delay(1_500);
    CompletableFuture<Answer> slow =
        CompletableFuture.supplyAsync(
            () ->
                post(
                    "/v1/interactions",
                    Map.of("id", "slow", "agent_id", "a", "text", "planned before the switch")));
    await().atMost(PATIENCE).until(() -> !models.old().calls().isEmpty());
    models.building("ready");
    models.activate(NEW, OLD);
    Answer answer = slow.get(60, TimeUnit.SECONDS);
    assertEquals(201, answer.status(), answer.response().body());
    assertEquals("created", answer.json().get("status").asText());
    assertTrue(models.vectors("slow").contains(NEW), models.vectors("slow").toString());
  }

  @Test
  void activate_embedsWhatALaggingProcessWrote() {
    done(post("/v1/reembed", Map.of("switch", false)));
    assertEquals(200, post("/v1/spaces/" + NEW + "/activate", Map.of()).status());
    Document late = models.row("m3").append("_id", "default:late");
    late.get("vectors", Document.class).remove(NEW);
    models.bundle().collection("memories").insertOne(late);
    await().atMost(PATIENCE).until(() -> models.vectors("late").contains(NEW));
  }

  @Test
  void ofTwoOrdersAtOnce_oneIsMade() {
    done(post("/v1/reembed", Map.of("switch", false)));
    List<CompletableFuture<Answer>> both = new ArrayList<>();
    for (String path : List.of("/v1/reembed", "/v1/spaces/" + NEW + "/retire")) {
      both.add(CompletableFuture.supplyAsync(() -> post(path, Map.of())));
    }
    List<Answer> answers = both.stream().map(CompletableFuture::join).toList();
    assertEquals(
        List.of(202, 409), answers.stream().map(Answer::status).sorted().toList(), "statuses");
    answers.stream().filter(one -> one.status() == 202).forEach(this::done);
  }

  @Test
  void theLabelledSet_hasAllItsVectors_whenTheNewModelIsTooSlowForWrites(@TempDir Path sets)
      throws IOException {
    Path tiny = Files.createDirectories(sets.resolve("tiny"));
    Files.writeString(
        tiny.resolve("corpus.jsonl"),
        "{\"_id\":\"a\",\"text\":\"the zebra\"}\n{\"_id\":\"b\",\"text\":\"the heron\"}\n");
    Files.writeString(tiny.resolve("queries.jsonl"), "{\"_id\":\"q\",\"text\":\"zebra\"}\n");
    Files.writeString(tiny.resolve("qrels.tsv"), "query-id\tcorpus-id\tscore\nq\ta\t1\n");
    models.restart(
        Map.of(
            "evaluation.directory", sets.toString(),
            "reembed.evaluation", "tiny",
            "reembed.margin", "1",
            "spaces.patience-millis", "1"));
    models.next().delay(50);
    JsonNode job = done(post("/v1/reembed", Map.of()));
    assertTrue(job.at("/result/verified").asText().contains("nDCG@10"), job.toString());
    assertEquals(MEMORIES, models.bundle().collection("memories").countDocuments());
  }

  @Test
  void retire_waitsForWhoeverWorksForTheSpace_andLeavesNoSliceToComeBackTo() {
    done(post("/v1/reembed", Map.of("switch", false)));
    Date until = Date.from(Instant.now().plusSeconds(3));
    models
        .bundle()
        .collection("reembed_slices")
        .insertOne(
            new Document("_id", "j#0")
                .append("job", "j")
                .append("space", NEW)
                .append("state", "open")
                .append("owner", "another process")
                .append("until", until));
    done(post("/v1/spaces/" + NEW + "/retire", Map.of()));
    assertTrue(new Date().after(until));
    Document ofIt = new Document("space", NEW);
    assertEquals(0, models.bundle().collection("reembed_slices").countDocuments(ofIt));
    assertEquals(Set.of(OLD), models.vectors("m3"));
  }

  private Document active() {
    return models.bundle().collection("spaces").find(new Document("_id", "~active")).first();
  }

  private Answer post(String path, Map<String, ?> body) {
    return models.bundle().postJson(path, body);
  }

  private JsonNode done(Answer accepted) {
    JsonNode job = ended(accepted);
    assertEquals("done", job.get("state").asText(), job.toString());
    return job;
  }

  private JsonNode ended(Answer accepted) {
    assertEquals(202, accepted.status(), accepted.response().body());
    String path = "/v1/jobs/" + accepted.json().get("id").asText();
    Set<String> over = Set.of("done", "failed", "cancelled");
    await()
        .atMost(PATIENCE)
        .until(() -> over.contains(models.bundle().get(path).json().get("state").asText()));
    JsonNode job = models.bundle().get(path).json();
    assertTrue(job.has("state"));
    return job;
  }
}
