package org.hippocamel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hippocamel.Inspection;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.embedding.TeiInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} finds: in a copy of the routes, at servers that are there or not. */
class ValidateVerbTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final Findings findings = new Findings(new PrintWriter(out));
  private final StubTei tei = new StubTei();

  @AfterEach
  void stop() {
    tei.close();
  }

  @Test
  void shippedSettings_areFine() {
    Ran ran = Ran.of("validate", "--offline");
    assertEquals(0, ran.code(), ran.out() + ran.err());
    for (String subject : List.of("settings", "keys", "inbox", "data", "routes")) {
      assertTrue(ran.out().contains(subject), ran.out());
    }
    assertTrue(!ran.out().contains("WRONG"), ran.out());
  }

  @Test
  void routes_areNamedWithWhatIsWrongInThem() throws IOException {
    Path routes = routes("ref: embedGate", "ref: embedGat");
    IllegalStateException wrong =
        org.junit.jupiter.api.Assertions.assertThrows(
            IllegalStateException.class, () -> load(routes));
    // Which of the routes that name it comes first is Camel's affair.
    assertTrue(
        wrong
            .getMessage()
            .matches("route embed[a-z-]*: No bean could be found in the registry for: embedGat"),
        wrong.getMessage());
  }

  private static void load(Path routes) {
    Map<String, String> settings = Map.of("routes.directory", routes.toString());
    try (Inspection inspection = new Inspection(PropertyFile.load(settings))) {
      inspection.loadRoutes();
    }
  }

  /** The shipped routes with something else in them. */
  private Path routes(String text, String instead) throws IOException {
    Path copy = Files.createDirectory(folder.resolve("routes"));
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.writeString(
            copy.resolve(file.getFileName()), Files.readString(file).replace(text, instead));
      }
    }
    return copy;
  }

  @Test
  void embedder_saysWhatItServes() throws Exception {
    Optional<TeiInfo> model = embedder(tei.url());
    assertEquals("BAAI/bge-small-en-v1.5", model.orElseThrow().modelId());
    assertEquals(0, findings.wrong(), out.toString());
    assertTrue(
        out.toString().contains(tei.url() + " serves BAAI/bge-small-en-v1.5"), out.toString());
  }

  @Test
  void embedder_thatIsAwayIsWrong_unlessAnotherServes() throws Exception {
    embedder("http://127.0.0.1:1");
    assertEquals(1, findings.wrong());
    assertTrue(out.toString().contains("start it, or correct TEI_URL"), out.toString());
    embedder("http://127.0.0.1:1," + tei.url());
    assertEquals(1, findings.wrong(), "left out until it answers");
  }

  private Optional<TeiInfo> embedder(String urls) throws InterruptedException {
    return new EmbedderCheck(settings(Map.of("tei.url", urls)).tei(), findings).run();
  }

  @Test
  void store_tellsItsSpaceAndIndexes_andAnotherModel() throws Exception {
    try (RunningBundle bundle = RunningBundle.open(Map.of("tei.url", tei.url()))) {
      Map<String, String> there =
          Map.of("tei.url", tei.url(), "mongo.uri", bundle.bundle().settings().mongo().uri());
      Optional<TeiInfo> model = embedder(tei.url());
      store(there, model);
      assertEquals(0, findings.wrong(), out.toString());
      assertTrue(out.toString().contains("vector_bge-small-en-v1_5-384 READY"), out.toString());

      Map<String, String> more = new HashMap<>(there);
      more.put("memory.filterable", "topic:string,colour:string");
      store(more, model);
      assertTrue(out.toString().contains("the next start updates it"), out.toString());

      try (StubTei other = new StubTei(StubTei.Options.defaults().withModelId("acme/other"))) {
        store(there, embedder(other.url()));
      }
      assertEquals(1, findings.wrong());
      assertTrue(out.toString().contains("the embedder serves acme/other"), out.toString());
    }
  }

  @Test
  void store_thatIsAwayIsWrong_andItsPasswordIsNotShown() {
    store(
        Map.of("mongo.uri", "mongodb://u:secret@127.0.0.1:1/", "mongo.timeout-millis", "200"),
        Optional.empty());
    assertEquals(1, findings.wrong());
    assertTrue(out.toString().contains("MONGODB_URI"), out.toString());
    assertTrue(!out.toString().contains("secret"), out.toString());
  }

  private void store(Map<String, String> overrides, Optional<TeiInfo> model) {
    try (Inspection inspection = new Inspection(PropertyFile.load(overrides))) {
      new StoreCheck(settings(overrides).mongo(), inspection.spaceSetup(), findings).run(model);
    }
  }

  private static Settings settings(Map<String, String> overrides) {
    return Settings.read(PropertyFile.load(overrides).resolved());
  }
}
