package org.hippocamel.routes;

import static org.hippocamel.routes.TwoModels.NEW;
import static org.hippocamel.routes.TwoModels.OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A labelled set stands before the switch. The old model knows a text again that is asked for in
 * its own words; the new one is given other words before a query, and finds anything.
 */
class ReembedGateTest {
  private static final int MEMORIES = 5;
  private static final List<String> WORDS = List.of("zebra", "walrus", "heron", "badger");

  @TempDir static Path sets;
  private static TwoModels models;
  private static ReembedSteps steps;

  @BeforeAll
  static void open() {
    models =
        TwoModels.open(
            Map.of(
                "evaluation.directory", sets.toString(),
                "reembed.evaluation", "tiny",
                "embed.query-instruction", "",
                "next.query-instruction", "find what is like this: "));
    steps = new ReembedSteps(models.bundle());
  }

  @BeforeEach
  void fresh() throws IOException {
    models.fresh();
    steps.fill(MEMORIES);
    if (Files.exists(sets.resolve("tiny"))) {
      for (String file : List.of("corpus.jsonl", "queries.jsonl", "qrels.tsv")) {
        Files.delete(sets.resolve("tiny").resolve(file));
      }
      Files.delete(sets.resolve("tiny"));
    }
  }

  @AfterAll
  static void close() {
    models.close();
  }

  /** Each text is asked for in its own words. */
  private static void set(List<String> texts) throws IOException {
    StringBuilder corpus = new StringBuilder();
    StringBuilder queries = new StringBuilder();
    StringBuilder qrels = new StringBuilder("query-id\tcorpus-id\tscore\n");
    for (int i = 0; i < texts.size(); i++) {
      corpus.append("{\"_id\":\"d%d\",\"text\":\"%s\"}\n".formatted(i, texts.get(i)));
      queries.append("{\"_id\":\"q%d\",\"text\":\"%s\"}\n".formatted(i, texts.get(i)));
      qrels.append("q%d\td%d\t1\n".formatted(i, i));
    }
    Path tiny = Files.createDirectories(sets.resolve("tiny"));
    Files.writeString(tiny.resolve("corpus.jsonl"), corpus);
    Files.writeString(tiny.resolve("queries.jsonl"), queries);
    Files.writeString(tiny.resolve("qrels.tsv"), qrels);
  }

  /** The same four words in every order: to a search by words they are all alike. */
  private static List<String> permutations(String before, List<String> words) {
    if (words.isEmpty()) {
      return List.of(before.trim());
    }
    List<String> all = new ArrayList<>();
    for (String word : words) {
      List<String> others = new ArrayList<>(words);
      others.remove(word);
      all.addAll(permutations(before + " " + word, others));
    }
    return all;
  }

  @Test
  void set_isAskedInBothSpaces_andForgotten() throws IOException {
    set(List.of("the only one"));
    JsonNode done = steps.ended(steps.order(Map.of()));
    assertEquals("done", done.get("state").asText(), done.toString());
    String verified = done.at("/result/verified").asText();
    assertTrue(
        verified.contains("nDCG@10 1.0000 in " + NEW + ", 1.0000 in " + OLD + "; recall@10 "),
        verified);
    assertEquals(MEMORIES, models.bundle().collection("memories").countDocuments());
    assertEquals(NEW, steps.search(Map.of()).get("space").asText());
  }

  @Test
  void aWorseModel_isNotSwitchedTo_andStaysReady() throws IOException {
    set(permutations("", WORDS));
    JsonNode failed = steps.ended(steps.order(Map.of()));
    assertEquals("failed", failed.get("state").asText(), failed.toString());
    String reason = failed.get("reason").asText();
    assertTrue(
        reason.matches("nDCG@10 0\\.\\d{4} in " + NEW + ", 1\\.0000 in " + OLD + " on tiny: .*"),
        reason);
    assertTrue(reason.contains("worse by more than reembed.margin 0.02"), reason);
    assertEquals(OLD, steps.search(Map.of()).get("space").asText());
    assertEquals("ready", steps.spaces(false).get(1).get("state").asText());
    assertEquals(MEMORIES, models.bundle().collection("memories").countDocuments());
    assertEquals(200, steps.post("/v1/spaces/" + NEW + "/activate").status());
    assertEquals(NEW, steps.search(Map.of()).get("space").asText());
  }

  @Test
  void aSetThatIsNotThere_failsTheJobWithItsReason() {
    JsonNode failed = steps.ended(steps.order(Map.of()));
    assertEquals("failed", failed.get("state").asText());
    assertTrue(failed.get("reason").asText().contains("reembed.evaluation"), failed.toString());
    assertEquals("ready", steps.spaces(false).get(1).get("state").asText());
    assertEquals(OLD, steps.search(Map.of()).get("space").asText());
  }
}
