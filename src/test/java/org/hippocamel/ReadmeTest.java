package org.hippocamel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hippocamel.RunningBundle.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The README's own commands, run by bash in a copy of the examples against the bundle as it ships:
 * model and store in this process.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadmeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  private static Path folder;
  private static RunningBundle bundle;

  @BeforeAll
  static void open() throws Exception {
    folder = RunningBundle.newFolder();
    Path examples = Files.createDirectory(folder.resolve("examples"));
    try (Stream<Path> files = Files.list(Path.of("examples"))) {
      for (Path file : files.toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
    bundle = RunningBundle.start(folder, Map.of());
    bundle.bundle().open();
  }

  @AfterAll
  static void close() {
    bundle.close();
  }

  /** The shell blocks that ask the running bundle something. */
  private static List<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.contains("curl"))
        .toList();
  }

  @Test
  @Order(1)
  void droppedFile_answersTheFirstQuestion() throws Exception {
    List<JsonNode> replies = run(blocks().get(0));
    assertEquals(1, replies.size());
    String text = replies.get(0).at("/results/0/text").asText();
    assertTrue(text.contains("orderctl reconcile"), text);
  }

  @Test
  @Order(2)
  void toldInteraction_isFoundAgain() throws Exception {
    List<JsonNode> replies = run(blocks().get(1));
    assertEquals(2, replies.size());
    assertEquals("created", replies.get(0).get("status").asText());
    JsonNode first = replies.get(1).at("/results/0");
    assertEquals(replies.get(0).get("id"), first.get("id"));
    assertTrue(first.get("text").asText().startsWith("Refunds above 500 euros"), first.toString());
  }

  @Test
  @Order(3)
  void context_isOneTextWithCitations() throws Exception {
    JsonNode context = run(blocks().get(2)).get(0);
    assertTrue(context.get("text").asText().startsWith("[1] "), context.toString());
    assertTrue(context.get("text").asText().contains("orderctl reconcile"), context.toString());
  }

  @Test
  @Order(4)
  void readme_hasNoOtherQuestions() throws Exception {
    assertEquals(3, blocks().size(), "a new README example wants a test here");
  }

  @Test
  @Order(5)
  void everyQuestion_hasItsPassageFirst() throws Exception {
    for (String name : List.of("order-service-runbook.md", "agent-notes.jsonl", "faq.csv")) {
      if (!Files.exists(bundle.inbox().resolve("done").resolve(name))) {
        run(
            "cp examples/"
                + name
                + " inbox/; until [ -e inbox/done/"
                + name
                + " ]; do sleep 0.1; done");
      }
    }
    JsonNode questions = JSON.readTree(getClass().getResource("/examples-questions.json"));
    assertEquals(6, questions.size());
    List<String> wrong = new ArrayList<>();
    for (JsonNode question : questions) {
      Answer answer =
          bundle.postJson("/v1/search", Map.of("query", question.get("question").asText()));
      assertEquals(200, answer.status(), answer.response().body());
      JsonNode first = answer.json().at("/results/0");
      if (!first.path("text").asText().contains(question.get("contains").asText())
          || !first.at("/source/uri").asText().equals(question.get("file").asText())) {
        wrong.add(question.get("question").asText() + " -> " + first.path("text").asText());
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What the commands print, as JSON values. */
  private static List<JsonNode> run(String commands) throws Exception {
    String address = bundle.bundle().url().replace("http://", "");
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process bash =
        new ProcessBuilder(
                "bash", "-euo", "pipefail", "-c", commands.replace("localhost:8080", address))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!bash.waitFor(30, TimeUnit.SECONDS)) {
      bash.destroyForcibly();
      throw new AssertionError("not done after 30 s: " + commands + Files.readString(output));
    }
    assertEquals(0, bash.exitValue(), Files.readString(output));
    try (MappingIterator<JsonNode> values =
        JSON.readerFor(JsonNode.class).readValues(output.toFile())) {
      return values.readAll();
    }
  }
}
