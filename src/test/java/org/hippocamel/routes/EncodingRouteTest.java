package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The same memories, vectors like random ones, in a bundle that is started with one encoding after
 * another. Lists are so short and the exact limit so low that graphs are walked.
 */
class EncodingRouteTest {
  private static final int MEMORIES = 900;
  private static final Map<String, String> SMALL =
      Map.of(
          "mongo.embedded-exact-limit", "150",
          "recall.candidates-factor", "2",
          "vectors.rescore-factor", "2",
          "recall.pool", "40",
          "recall.max-pool", "1000");

  private final Path folder = RunningBundle.newFolder();

  @AfterEach
  void remove() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }

  private <T> T run(StubTei tei, Map<String, String> settings, Function<RunningBundle, T> visit) {
    Map<String, String> all = new HashMap<>(SMALL);
    all.putAll(settings);
    RunningBundle bundle = RunningBundle.start(folder, StubbedBundle.settings(tei, all));
    try {
      bundle.bundle().open();
      return visit.apply(bundle);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      bundle.bundle().close();
    }
  }

  private static boolean store(RunningBundle bundle) {
    List<Map<String, Object>> items = new ArrayList<>();
    for (int i = 0; i < MEMORIES; i++) {
      items.add(Map.of("id", "m" + i, "agent_id", "a" + i % 3, "text", "memory number " + i));
    }
    assertEquals(200, bundle.postJson("/v1/interactions", items).status());
    return true;
  }

  /** Until the memories are in a graph of this kind. */
  private void awaitGraph(String kind) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              try (Stream<Path> files = Files.walk(folder)) {
                return files.anyMatch(file -> file.toString().endsWith(kind));
              } catch (IOException | UncheckedIOException e) {
                return false; // deleted meanwhile
              }
            });
  }

  /** Ids and scores of ten results for each of eight questions. */
  private static List<Map<String, Double>> answers(RunningBundle bundle, String mode) {
    return IntStream.range(0, 8)
        .mapToObj(
            i -> {
              Map<String, Object> asked =
                  Map.of("query", "memory " + i * 7, "mode", mode, "limit", 10, "agent_id", "a1");
              Answer answer = bundle.postJson("/v1/search", asked);
              assertEquals(200, answer.status(), answer.response().body());
              Map<String, Double> found = new LinkedHashMap<>();
              for (JsonNode hit : answer.json().get("results")) {
                found.put(hit.get("id").asText(), hit.get("score").asDouble());
              }
              assertEquals(10, found.size());
              return found;
            })
        .toList();
  }

  private static double overlap(
      List<Map<String, Double>> expected, List<Map<String, Double>> actual) {
    int same = 0;
    for (int i = 0; i < expected.size(); i++) {
      for (Map.Entry<String, Double> hit : actual.get(i).entrySet()) {
        Double score = expected.get(i).get(hit.getKey());
        if (score != null) {
          same++;
          assertEquals(score, hit.getValue(), 1e-4, "a score means the same in every encoding");
        }
      }
    }
    return same / (10.0 * expected.size());
  }

  private static Object quantization(RunningBundle bundle) {
    return bundle
        .collection("memories")
        .listSearchIndexes()
        .name("vector_" + bundle.space())
        .first()
        .getEmbedded(List.of("latestDefinition", "fields"), new ArrayList<Document>())
        .get(0)
        .get("quantization");
  }

  /** The answers by mode after a start with this encoding, which embeds nothing that is stored. */
  private Map<String, List<Map<String, Double>>> converted(
      StubTei tei, String encoding, String quantization, String kind) {
    tei.forgetCalls();
    Map<String, List<Map<String, Double>>> answers =
        run(
            tei,
            Map.of("vectors.encoding", encoding),
            bundle -> {
              awaitGraph(kind);
              assertEquals(quantization, quantization(bundle));
              return Map.of(
                  "vector", answers(bundle, "vector"), "hybrid", answers(bundle, "hybrid"));
            });
    assertTrue(
        tei.calls().stream()
            .flatMap(call -> call.texts().stream())
            .noneMatch(text -> text.startsWith("memory number")),
        "nothing stored is embedded again");
    return answers;
  }

  @Test
  void everyEncoding_answersLikeFloat32_andAChangeConvertsTheIndexAlone() {
    try (StubTei tei = new StubTei()) {
      run(tei, Map.of(), EncodingRouteTest::store);
      Map<String, List<Map<String, Double>>> bytes = converted(tei, "int8", "scalar", ".veq");
      Map<String, List<Map<String, Double>>> bits =
          converted(tei, "binary", "binary", "HnswBitVectorsFormat_0.vex");
      Map<String, List<Map<String, Double>>> floats =
          converted(tei, "float32", "none", "Lucene99HnswVectorsFormat_0.vex");
      for (String mode : List.of("vector", "hybrid")) {
        double ofBytes = overlap(floats.get(mode), bytes.get(mode));
        assertTrue(ofBytes >= 0.95, mode + " in int8 " + ofBytes);
        double ofBits = overlap(floats.get(mode), bits.get(mode));
        assertTrue(ofBits >= 0.9, mode + " in binary " + ofBits);
      }
    }
  }

  @Test
  void unknownEncoding_isRefusedAtStartWithTheOnesThereAre() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> RunningBundle.start(folder, Map.of("vectors.encoding", "int4")));
    assertTrue(
        refused
            .getMessage()
            .contains("vectors.encoding \"int4\" is not one of float32, int8, binary"),
        refused.getMessage());
  }
}
