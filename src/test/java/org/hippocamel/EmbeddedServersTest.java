package org.hippocamel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.hippocamel.config.PropertyFile;
import org.hippocamel.config.Settings;
import org.hippocamel.contract.TeiHttp;
import org.hippocamel.embedded.tei.own.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which servers start in this process, and whose place their addresses take. */
@Timeout(60)
class EmbeddedServersTest {
  private static final Map<String, String> REMOTE =
      Map.of("tei.url", "http://tei.example", "mongo.uri", "mongodb://mongo.example/db");

  @TempDir Path directory;

  @Test
  void nothing_isStartedBesideRemoteServers() {
    try (EmbeddedServers servers = EmbeddedServers.start(settings(Map.of()))) {
      assertEquals(Map.of(), servers.addresses());
    }
  }

  @Test
  void modelDirectories_areServedOnAPortEach_withTheKey() {
    Path embed = directory.resolve("embed");
    Path rerank = directory.resolve("rerank");
    TinyModel.in(embed, 2).word("camel", 1, 2).embedding("bert");
    TinyModel.in(rerank, 1).word("camel", 1).classifier("LABEL_0");
    Settings settings =
        settings(
            Map.of(
                "tei.url",
                "embedded",
                "tei.api-key",
                "secret",
                "tei.embed-model-directory",
                embed.toString(),
                "tei.rerank-model-directory",
                rerank.toString()));
    try (EmbeddedServers servers = EmbeddedServers.start(settings)) {
      assertEquals(Set.of("tei.url", "rerank.url"), servers.addresses().keySet());
      assertEquals(embed.toString(), modelAt(servers.addresses().get("tei.url"), "embedding"));
      assertEquals(rerank.toString(), modelAt(servers.addresses().get("rerank.url"), "reranker"));
    }
  }

  @Test
  void reranker_isServedBesideARemoteEmbedder() {
    TinyModel.in(directory, 1).word("camel", 1).classifier("LABEL_0");
    Settings settings = settings(Map.of("tei.rerank-model-directory", directory.toString()));
    try (EmbeddedServers servers = EmbeddedServers.start(settings)) {
      assertEquals(Set.of("rerank.url"), servers.addresses().keySet());
    }
  }

  @Test
  void modelThatIsMissing_endsTheStart() {
    Path none = directory.resolve("none");
    Settings settings = settings(Map.of("tei.rerank-model-directory", none.toString()));
    String message =
        assertThrows(IllegalStateException.class, () -> EmbeddedServers.start(settings))
            .getMessage();
    assertTrue(message.startsWith(none + " is no directory; "), message);
  }

  @Test
  void directoryThatNobodyWouldServe_isRefused() {
    assertEquals(
        "tei.embed-model-directory \"models/e5\" is served only with tei.url = embedded, not by"
            + " http://tei.example; unset EMBED_MODEL_DIR or TEI_URL",
        refusal(Map.of("tei.embed-model-directory", "models/e5")));
    assertEquals(
        "tei.rerank-model-directory \"models/r\" is served only with rerank.url = none, not by"
            + " http://r.example; unset RERANK_MODEL_DIR or RERANK_URL",
        refusal(
            Map.of("tei.rerank-model-directory", "models/r", "rerank.url", "http://r.example")));
  }

  @Test
  void store_waitsForTheDiskWhenAsked() {
    assertFalse(EmbeddedServers.atlasOptions(settings(Map.of())).syncToDisk());
    Settings asked = settings(Map.of("mongo.embedded-sync", "true"));
    assertTrue(EmbeddedServers.atlasOptions(asked).syncToDisk());
  }

  private static String refusal(Map<String, String> changes) {
    return assertThrows(
            IllegalArgumentException.class, () -> EmbeddedServers.start(settings(changes)))
        .getMessage();
  }

  private static String modelAt(String url, String type) {
    var info = TeiHttp.tree(new TeiHttp(url, "secret").get("/info"));
    assertTrue(info.get("model_type").has(type), info.toString());
    return info.get("model_id").asText();
  }

  private static Settings settings(Map<String, String> changes) {
    Map<String, String> overrides = new HashMap<>(REMOTE);
    overrides.putAll(changes);
    return Settings.read(PropertyFile.load(overrides).resolved());
  }
}
