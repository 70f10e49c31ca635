package org.hippocamel.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that ask a running bundle. */
class ServerVerbsTest {
  private static StubTei tei;
  private static RunningBundle bundle;
  private static String url;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    tei = new StubTei();
    bundle =
        RunningBundle.open(
            Map.of("tei.url", tei.url(), "tei.check-millis", "100", "tei.probe-millis", "50"));
    url = bundle.bundle().url();
  }

  @AfterAll
  static void close() {
    bundle.close();
    tei.close();
  }

  @Test
  void ingest_takesFilesAndFolders_andSaysWhatBecameOfEach() throws Exception {
    Path notes = Files.createDirectories(folder.resolve("notes/deep"));
    Files.writeString(notes.resolve("one.md"), "# One\n\nThe first note of all.");
    Files.writeString(notes.resolve("two.txt"), "The second note of all.");
    Files.writeString(notes.resolve("picture.png"), "no text");
    Files.createDirectory(notes.resolve(".hidden"));
    Files.writeString(notes.resolve(".hidden/three.md"), "never");
    Path lines =
        Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"good\"}\n{\"text\": 7}\n");
    Ran ran = Ran.of("ingest", "--url", url, folder.resolve("notes").toString(), lines.toString());
    assertEquals(1, ran.code(), "a line of the last file is refused: " + ran);
    assertTrue(ran.out().contains("one.md: 1 passages, 1 stored"), ran.out());
    assertTrue(ran.out().contains("two.txt: 1 passages, 1 stored"), ran.out());
    assertTrue(
        ran.out().contains("b.jsonl: 1 passages, 1 stored, 0 unchanged, 0 removed, 1 failed"),
        ran.out());
    assertTrue(ran.out().contains("line 2 "), ran.out());
    assertFalse(ran.out().contains("png") || ran.out().contains("three"), ran.out());
    Ran again = Ran.of("ingest", "--url", url, folder.resolve("notes").toString());
    assertEquals(0, again.code(), again.err());
    assertTrue(again.out().contains("one.md: 1 passages, 0 stored, 1 unchanged"), again.out());
  }

  @Test
  void search_showsTextsAndWhereTheyComeFrom() throws Exception {
    bundle.postJson(
        "/v1/interactions",
        Map.of("agent_id", "clerk", "text", "The zebra invoice is open.\nSecond line."));
    Ran ran = Ran.of("search", "--url", url, "--mode", "lexical", "--limit", "1", "zebra");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out().matches("(?s)1\\.  \\d+\\.\\d{3}  interaction  by clerk, id .*"), ran.out());
    assertTrue(ran.out().contains("    The zebra invoice is open.\n    Second line."), ran.out());
    Ran json = Ran.of("search", "--url", url, "--json", "zebra");
    assertTrue(new ObjectMapper().readTree(json.out()).path("results").isArray());
  }

  @Test
  void search_thatFindsNothingEndsWithOne() {
    Ran ran = Ran.of("search", "--url", url, "--agent", "nobody", "zebra");
    assertEquals(1, ran.code());
    assertEquals("", ran.out());
    assertTrue(ran.err().contains("nothing found"), ran.err());
  }

  @Test
  void search_thatIsRefusedEndsWithThreeAndTheServersWords() {
    Ran ran = Ran.of("search", "--url", url, "--limit", "5000", "zebra");
    assertEquals(3, ran.code());
    assertTrue(ran.err().contains("answered 422: "), ran.err());
    assertTrue(ran.err().contains("limits.max-limit"), ran.err());
  }

  @Test
  void status_tellsWhatThereIsAndWhatWaits() {
    Ran ran = status();
    assertEquals(0, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("Hippocamel at " + url + " is ready\n"), ran.out());
    for (String part :
        new String[] {
          "Memories    ",
          " interaction",
          "Space       bge-small-en-v1_5-384, BAAI/bge-small-en-v1.5",
          " tokens, ",
          "Costs       $",
          " at the API",
          tei.url().replace("http://", "") + " serves",
          "Waiting     0 texts",
          "Inbox       0 files wait"
        }) {
      assertTrue(ran.out().contains(part), part + " is not in " + ran.out());
    }
  }

  @Test
  void status_saysWhyItIsNotReady() {
    tei.stop();
    await().until(() -> bundle.get("/health").status() == 503);
    Ran ran = status();
    tei.restartOnSamePort();
    assertEquals(1, ran.code(), ran.err());
    assertTrue(ran.out().startsWith("Hippocamel at " + url + " is not ready\n"), ran.out());
    assertTrue(
        ran.out().contains("  Why         the embedder at tei.url does not answer"), ran.out());
    await().until(() -> bundle.get("/health").status() == 200);
  }

  @Test
  void status_doesWithoutTheManagementPort() {
    Ran ran = Ran.of("status", "--url", url, "--management-url", "http://127.0.0.1:1");
    assertEquals(0, ran.code(), ran.err());
    assertTrue(
        ran.out().contains("Waiting     unknown: http://127.0.0.1:1 does not answer"), ran.out());
  }

  @Test
  void status_withoutAServerEndsWithThree() {
    Ran ran = Ran.of("status", "--url", "http://127.0.0.1:1");
    assertEquals(3, ran.code());
    assertTrue(ran.err().contains("HIPPOCAMEL_URL names another"), ran.err());
  }

  private static Ran status() {
    return Ran.of("status", "--url", url, "--management-url", bundle.bundle().managementUrl());
  }
}
