package org.hippocamel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts that must fail, and what is said then. */
class StartTest {
  private static Path folder;
  private static StubTei tei;
  private static RunningBundle first;

  @BeforeAll
  static void start() {
    folder = RunningBundle.newFolder();
    tei = new StubTei();
    first = RunningBundle.start(folder, Map.of("tei.url", tei.url()));
  }

  @AfterAll
  static void stop() {
    first.close();
    tei.close();
  }

  @Test
  void secondBundle_isRefusedTheDataDirectory() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> RunningBundle.start(folder, Map.of("tei.url", tei.url())));
    assertNamesTheData(refused.getMessage());
    assertEquals(503, first.get("/health").status(), "the first goes on");
  }

  @Test
  void secondProcess_isRefusedTheDataDirectory() throws Exception {
    Ended ended =
        app(
            Map.of(
                "DATA_DIR",
                folder.resolve("data").toString(),
                "TEI_URL",
                tei.url(),
                "HTTP_PORT",
                "0",
                "MANAGEMENT_PORT",
                "0"));
    assertEquals(3, ended.code(), ended.output());
    assertTrue(ended.output().contains("Hippocamel does not start."), ended.output());
    assertNamesTheData(ended.output());
    assertFalse(ended.output().contains("\tat "), ended.output());
  }

  private static void assertNamesTheData(String message) {
    assertTrue(message.contains(folder.resolve("data").toString()), message);
    assertTrue(message.contains("in use"), message);
  }

  @Test
  void wrongSettings_areAllNamed() throws Exception {
    Ended ended =
        app(
            Map.of(
                "HTTP_PORT", "http",
                "HTTP_HOST", "0.0.0.0",
                "LOG_FORMAT", "xml",
                "TEI_URL", "ftp://gpu",
                "MONGODB_URI", "localhost:27017"));
    assertEquals(2, ended.code(), ended.output());
    for (String key : List.of("http.port", "http.host", "tei.url", "mongo.uri", "log.format")) {
      assertTrue(ended.output().contains(key), ended.output());
    }
    assertFalse(ended.output().contains("\tat "), ended.output());
  }

  @Test
  void keyFile_thatIsNotThereIsNamed() {
    IllegalArgumentException wrong =
        assertThrows(
            IllegalArgumentException.class,
            () -> start(Map.of("api.keys-file", folder.resolve("no-keys").toString())));
    assertTrue(wrong.getMessage().contains("no-keys"), wrong.getMessage());
  }

  @Test
  void port_thatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      RuntimeException wrong =
          assertThrows(RuntimeException.class, () -> start(Map.of("http.port", port)));
      assertTrue(wrong.getMessage().contains(port), wrong.toString());
    }
  }

  @Test
  void failedStart_letsTheDataGo() throws IOException {
    Path other = folder.resolve("other");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      assertThrows(
          RuntimeException.class,
          () -> RunningBundle.start(other, Map.of("tei.url", tei.url(), "http.port", port)));
    }
    RunningBundle.start(other, Map.of("tei.url", tei.url())).close();
  }

  private static void start(Map<String, String> overrides) {
    Map<String, String> nowhere =
        new java.util.HashMap<>(Map.of("tei.url", tei.url(), "mongo.uri", "mongodb://127.0.0.1:1"));
    nowhere.putAll(overrides);
    RunningBundle.start(folder.resolve("none"), nowhere).close();
  }

  private record Ended(int code, String output) {}

  /** The program in a process of its own. */
  private static Ended app(Map<String, String> environment) throws Exception {
    Path output = Files.createTempFile("start", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.hippocamel.App");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after 30 s: " + Files.readString(output));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
