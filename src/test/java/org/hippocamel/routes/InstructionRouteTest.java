package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.problem.Problem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What stands before texts on their way to a model that was trained with it, and nowhere else. */
class InstructionRouteTest {
  private static final Map<String, String> AUTO = Map.of("embed.document-instruction", "auto");
  private static final Map<String, String> NONE = Map.of("embed.document-instruction", "");

  private final Path folder = RunningBundle.newFolder();

  @AfterEach
  void remove() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        paths.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
      }
    }
  }

  private static StubTei e5() {
    return new StubTei(StubTei.Options.defaults().withModelId("intfloat/e5-small-v2"));
  }

  private RunningBundle started(StubTei tei, Map<String, String> settings) {
    RunningBundle bundle = RunningBundle.start(folder, StubbedBundle.settings(tei, settings));
    try {
      bundle.bundle().open();
      return bundle;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      bundle.bundle().close();
      throw e;
    }
  }

  private static List<String> asked(StubTei tei) {
    List<String> texts = tei.calls().stream().flatMap(call -> call.texts().stream()).toList();
    tei.forgetCalls();
    return texts;
  }

  @Test
  void instructions_standBeforeWhatIsEmbedded_andAreNotStored() throws IOException {
    try (StubTei tei = e5();
        RunningBundle bundle = started(tei, AUTO)) {
      assertTrue(bundle.space().matches("e5-small-v2-384-[0-9a-f]{8}"), bundle.space());
      tei.forgetCalls();
      bundle.postJson("/v1/interactions", Map.of("id", "m", "agent_id", "a", "text", "a word"));
      assertEquals(List.of("passage: a word"), asked(tei));
      Document stored =
          bundle.collection("memories").find(new Document("_id", "default:m")).first();
      assertEquals("a word", stored.getString("text"));
      Answer found = bundle.postJson("/v1/search", Map.of("query", "word", "mode", "vector"));
      assertEquals(List.of("query: word"), asked(tei));
      assertEquals("m", found.json().at("/results/0/id").asText());
      bundle.postJson("/v1/cases", Map.of("problem", "it leaks", "solution", "mend it"));
      assertEquals(List.of("passage: it leaks"), asked(tei), "looked up and stored as one text");
      bundle.postJson("/v1/cases/search", Map.of("problem", "it leaks still"));
      assertEquals(List.of("passage: it leaks still"), asked(tei), "problem beside problem");
      bundle.postJson("/v1/embeddings", Map.of("input", "as it is"));
      assertEquals(List.of("as it is"), asked(tei), "callers bring their own");
    }
  }

  @Test
  void passages_haveTheirInstructionToo() throws IOException {
    try (StubTei tei = e5();
        RunningBundle bundle = started(tei, AUTO)) {
      tei.forgetCalls();
      Files.writeString(bundle.inbox().resolve("a.md"), "# Title\n\nOne sentence.\n");
      await()
          .until(
              () ->
                  bundle.collection("memories").countDocuments(new Document("kind", "passage"))
                      == 1);
      assertEquals(List.of("passage: Title\nOne sentence."), asked(tei));
    }
  }

  @Test
  void anotherInstruction_isRefusedAtStart_becauseItsVectorsAreOthers() {
    try (StubTei tei = e5()) {
      try (RunningBundle bundle = started(tei, AUTO)) {
        assertEquals(200, bundle.get("/health").status());
        bundle.bundle().close();
        Problem refused = assertThrows(Problem.class, () -> started(tei, NONE));
        assertTrue(
            refused.getMessage().contains("\"passage: \" before stored texts"),
            refused.getMessage());
      }
    }
  }
}
