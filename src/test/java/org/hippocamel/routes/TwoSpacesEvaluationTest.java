package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.eval.BeirFolder;
import org.hippocamel.eval.Dataset;
import org.hippocamel.eval.Report;
import org.hippocamel.eval.Variant;
import org.hippocamel.eval.wire.Evaluation;
import org.hippocamel.eval.wire.HippocamelClient;
import org.hippocamel.eval.wire.Progress;
import org.hippocamel.eval.wire.Unit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two models compared on a labelled set: by the verb's client, and by a job. */
class TwoSpacesEvaluationTest {
  private static final int DOCUMENTS = 12;
  private static final Progress SILENT =
      new Progress() {
        @Override
        public void begin(String what, long items) {}

        @Override
        public void did(long items) {}
      };

  @TempDir Path sets;
  private TwoModels models;
  private HippocamelClient client;
  private Dataset lamps;

  @BeforeEach
  void open() throws IOException {
    Path set = Files.createDirectory(sets.resolve("lamps"));
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
    for (int i = 0; i < DOCUMENTS; i++) {
      corpus.append("{\"_id\": \"d%d\", \"title\": \"\", \"text\": \"lamp%d\"}\n".formatted(i, i));
      queries.append("{\"_id\": \"q%d\", \"text\": \"lamp%d\"}\n".formatted(i, i));
      qrels.append("q%d\td%d\t1\n".formatted(i, i));
    }
    Files.writeString(set.resolve("corpus.jsonl"), corpus);
    Files.writeString(set.resolve("queries.jsonl"), queries);
    Files.writeString(set.resolve("qrels.tsv"), qrels);
    lamps = BeirFolder.read(set);
    models = TwoModels.open(Map.of("evaluation.directory", sets.toString()));
    client = new HippocamelClient(models.bundle().bundle().url(), "", Unit.MEMORY);
  }

  @AfterEach
  void close() {
    models.close();
  }

  /** Scripted vectors are hashes of whole texts: behind its instruction a query is like none. */
  @Test
  void spaces_areComparedQueryByQuery() throws InterruptedException {
    Evaluation evaluation = new Evaluation(client, 10, SILENT);
    double seconds = evaluation.store(lamps);
    assertEquals(List.of(OLD), client.completeSpaces());
    client.fillNextSpace(SILENT);
    assertEquals(List.of(OLD, NEW), client.completeSpaces());
    assertEquals(OLD, models.bundle().space(), "it was not switched to");
    Variant vector = Variant.of("vector");
    List<Variant> both = List.of(vector.in(OLD), vector.in(NEW));
    Report report = evaluation.run(lamps, both, seconds, List.of());
    assertEquals(
        List.of("vector:space=" + OLD, "vector:space=" + NEW),
        report.runs().stream().map(scored -> scored.run().name()).toList());
    assertEquals(1, report.comparisons().size());
    List<Variant> unknown = List.of(vector.in("nowhere"));
    assertTrue(
        assertThrows(
                IllegalStateException.class,
                () -> evaluation.run(lamps, unknown, seconds, List.of()))
            .getMessage()
            .contains("nowhere"));
  }

  @Test
  void job_asksInBothSpaces_andEmbedsEachQueryOnceInEach() throws InterruptedException {
    client.fillNextSpace(SILENT);
    models.next().forgetCalls();
    Answer order =
        models
            .bundle()
            .postJson(
                "/v1/evaluations",
                Map.of(
                    "dataset",
                    "lamps",
                    "modes",
                    List.of("vector:space=" + OLD, "vector:space=" + NEW, "hybrid:space=" + NEW)));
    assertEquals(202, order.status(), order.response().body());
    String path = "/v1/jobs/" + order.json().get("id").asText();
    JsonNode job =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> models.bundle().get(path).json(), one -> one.has("finished_at"));
    assertEquals("done", job.get("state").asText(), job.toString());
    assertEquals(3, job.at("/result/runs").size());
    assertEquals(
        1,
        models.next().calls().stream()
                .flatMap(call -> call.texts().stream())
                .filter(text -> text.equals("lamp7"))
                .count()
            - 1,
        "as a document, and once as a query");
  }
}
