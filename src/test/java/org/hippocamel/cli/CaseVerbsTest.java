package org.hippocamel.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The case bank of a running bundle, from the command line. */
class CaseVerbsTest {
  private static StubTei tei;
  private static RunningBundle bundle;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    bundle =
        RunningBundle.open(
            Map.of(
                "tei.url", tei.url(),
                "embed.query-deadline-millis", "1000",
                "cases.min-similarity", "-100",
                "cases.holdout", "0"));
  }

  @AfterAll
  static void close() {
    bundle.close();
    tei.close();
  }

  /** {@code cases VERB --url ...}, then the rest. */
  private static Ran cases(String verb, String... more) {
    List<String> all = new ArrayList<>(List.of("cases", verb, "--url", bundle.bundle().url()));
    all.addAll(Arrays.asList(more));
    return Ran.of(all.toArray(String[]::new));
  }

  private static String add(String problem, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("--json", "--problem", problem));
    all.addAll(List.of("--solution", "do this about " + problem));
    all.addAll(Arrays.asList(more));
    Ran ran = cases("add", all.toArray(String[]::new));
    assertEquals(0, ran.code(), ran.err());
    return json(ran).get("id").asText();
  }

  private static JsonNode json(Ran ran) throws IOException {
    return new ObjectMapper().readTree(ran.out());
  }

  @Test
  void search_showsWhatWorkedAndWhatDidNot() throws Exception {
    String good =
        add("the kettle leaks", "--outcome", "success", "--step", "open it", "--tool", "pliers");
    String bad = add("the kettle leaks badly", "--outcome", "failure", "--note", "It blew up.");
    Ran ran = cases("search", "--negative", "1", "--k", "1", "--run", "tea", "the kettle leaks");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out().matches("(?s)1\\.  \\d\\.\\d{3}  worked, value 0\\.667, 1 use, 1 win, id .*"),
        ran.out());
    assertTrue(ran.out().contains("    Problem   the kettle leaks\n"), ran.out());
    assertTrue(ran.out().contains("    Solution  do this about the kettle leaks\n"), ran.out());
    assertTrue(ran.out().contains("failed, value "), ran.out());
    assertTrue(ran.out().contains(good) && ran.out().contains(bad), ran.out());
    Ran prompt = cases("search", "--prompt", "--tool", "pliers", "the kettle leaks");
    assertTrue(
        prompt.out().contains("Case 1: the kettle leaks\nSteps:\n1. open it\n"), prompt.out());
    Ran credited = cases("feedback", "tea", "1", "--used", good);
    assertEquals(0, credited.code(), credited.err());
    assertTrue(credited.out().startsWith("created: case " + good + " is success: value 0.75"));
    Ran shown = cases("show", good);
    assertEquals(0, shown.code(), shown.err());
    for (String part :
        new String[] {
          "case " + good + " is success: value 0.75",
          "    1. open it",
          " credit, reward 1, run tea",
          " verdict success, reward 1",
          " shown to run tea as positive, rank 1: the kettle leaks"
        }) {
      assertTrue(shown.out().contains(part), part + " is not in " + shown.out());
    }
    Ran uplift = cases("uplift");
    assertTrue(uplift.out().contains("Learned   1 runs, 1.000 ["), uplift.out());
    assertTrue(uplift.out().contains("Uplift    unknown until both have runs"), uplift.out());
  }

  @Test
  void outcome_isAdded_andSupersedesAnother() throws Exception {
    Ran pending = cases("add", "--problem", "the tap drips", "--solution", "a new seal");
    assertTrue(pending.out().contains(" is pending: value 0.500, 0 uses"), pending.out());
    assertTrue(pending.err().contains("once it has an outcome"), pending.err());
    String id = pending.out().split(" ")[2];
    Ran first = cases("outcome", id, "failure", "--id", "o1", "--evaluator", "plumber");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().startsWith("created: outcome o1; case " + id + " is failure"));
    Ran again = cases("outcome", id, "failure", "--id", "o1", "--evaluator", "plumber");
    assertTrue(again.out().startsWith("unchanged: outcome o1;"), again.out());
    Ran mended = cases("outcome", id, "success", "--reward", "0.9", "--supersedes", "o1");
    assertTrue(mended.out().contains("case " + id + " is success"), mended.out());
    Ran shown = cases("show", id);
    assertTrue(shown.out().contains("by plumber (superseded), id o1"), shown.out());
  }

  @Test
  void bank_isExportedAndImported() throws Exception {
    String id = add("the lamp flickers", "--outcome", "success", "--id", "lamp-ü");
    Path file = folder.resolve("bank.jsonl");
    Ran exported = cases("export", "--output", file.toString());
    assertEquals(0, exported.code(), exported.err());
    assertTrue(exported.err().matches("\\d+ cases?\n"), exported.err());
    assertTrue(Files.readString(file).contains("\"id\":\"lamp-ü\""));
    assertEquals(List.of(file), list(), "nothing else is left there");
    Ran memento = cases("export", "--format", "memento");
    assertTrue(memento.out().contains("{\"question\":\"the lamp flickers\""), memento.out());
    bundle.delete("/v1/memories/lamp-%C3%BC");
    Ran imported = cases("import", file.toString());
    assertEquals(0, imported.code(), imported.err());
    assertTrue(imported.out().contains(": 1 stored, "), imported.out());
    Ran again = cases("import", file.toString());
    assertTrue(again.out().contains(": 0 stored, 0 updated, "), again.out());
    assertTrue(cases("show", id).out().contains("case lamp-ü is success: value 0.667"));
  }

  private List<Path> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void import_namesFaultyLinesOfLongFiles() throws Exception {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, 502)
        .forEach(
            n -> lines.append("{\"problem\": \"sort %d\", \"solution\": \"s\"}\n".formatted(n)));
    lines.append("no json\n");
    Path file = Files.writeString(folder.resolve("long.jsonl"), lines);
    Ran ran = cases("import", file.toString());
    assertEquals(1, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("line 503: "), ran.out());
    assertTrue(ran.out().contains(": 502 stored, 0 updated, 0 unchanged, 1 failed"), ran.out());
    assertTrue(ran.err().contains("503 of 503"), ran.err());
  }

  @Test
  void search_thatFindsNothingEndsWithOne() {
    Ran ran = cases("search", "--task-type", "never", "anything");
    assertEquals(1, ran.code());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("no similar case"), ran.err());
  }

  @Test
  void refusals_endWithThreeAndTheServersWords() {
    Ran ran = cases("add", "--problem", "alone");
    assertEquals(3, ran.code());
    assertTrue(ran.err().contains("solution is required"), ran.err());
    assertEquals(3, cases("show", "nobody").code());
    assertTrue(cases("feedback", "never", "1").err().contains("never"), "names the run");
    assertTrue(cases("export", "--format", "csv").err().contains("memento-labelled"));
  }

  @Test
  void search_saysThatTheEmbedderIsAway() {
    tei.stop();
    Ran ran = cases("search", "a problem that nobody asked before");
    tei.restartOnSamePort();
    await().until(() -> bundle.get("/health").status() == 200);
    assertEquals(3, ran.code(), ran.out());
    assertTrue(ran.err().contains("answered 503"), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
  }
}
