package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedded.atlas.AtlasOptions;
import org.hippocamel.embedded.atlas.EmbeddedAtlas;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that runs elsewhere, is not there at first, goes away and comes back. */
class StoreAwayTest {
  private final Path folder = RunningBundle.newFolder();
  private StubTei tei;
  private RunningBundle bundle;
  private EmbeddedAtlas store;
  private int port;

  @BeforeEach
  void start() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    tei = new StubTei();
    bundle =
        RunningBundle.start(
            folder,
            StubbedBundle.settings(
                tei,
                Map.of("mongo.uri", "mongodb://127.0.0.1:" + port, "mongo.timeout-millis", "500")));
  }

  @AfterEach
  void stop() {
    if (store != null) {
      store.close();
    }
    bundle.close();
    tei.close();
  }

  private void startStore() {
    AtlasOptions stock = AtlasOptions.in(folder.resolve("elsewhere"));
    store =
        EmbeddedAtlas.start(
            new AtlasOptions(
                stock.directory(),
                stock.host(),
                port,
                stock.exactSearchLimit(),
                stock.ttlInterval(),
                stock.syncToDisk(),
                stock.searchRefreshDelay()));
  }

  private void stopStore() {
    store.close();
    store = null;
  }

  @Test
  void store_isWaitedForAndItsLossIsToldUntilItIsBack() throws IOException {
    CompletableFuture<Void> opening = CompletableFuture.runAsync(this::open);
    assertEquals(503, bundle.get("/health").status());
    startStore();
    await().until(opening::isDone);
    opening.join();
    assertEquals(200, bundle.get("/health").status());
    assertEquals(201, store("kept", "here to stay").status());

    stopStore();
    await().until(() -> bundle.get("/health").status() == 503);
    List<Answer> refused =
        List.of(
            store("lost", "never stored"),
            search("vector"),
            search("lexical"),
            search("hybrid"),
            bundle.post("/v1/documents", "{\"uri\": \"a.md\", \"text\": \"a\"}"),
            bundle.get("/v1/memories/kept"),
            bundle.delete("/v1/memories/kept"),
            bundle.get("/v1/sources"),
            bundle.get("/v1/stats"),
            bundle.delete("/v1/sources/x"));
    for (Answer answer : refused) {
      String detail = Refusal.of(ProblemKind.UNAVAILABLE, answer);
      assertEquals("the store at mongo.uri does not answer", detail);
    }
    Files.writeString(bundle.inbox().resolve("patient.txt"), "I can wait.");
    await()
        .during(Duration.ofMillis(700))
        .until(() -> Files.exists(bundle.inbox().resolve("patient.txt")));
    assertFalse(Files.exists(bundle.inbox().resolve("failed/patient.txt")));

    startStore();
    await().until(() -> bundle.get("/v1/memories/kept").status() == 200);
    await().until(() -> bundle.get("/health").status() == 200);
    Refusal.of(ProblemKind.NOT_FOUND, bundle.get("/v1/memories/lost"));
    assertEquals(201, store("lost", "never stored").status());
    assertEquals("kept", search("lexical").json().at("/results/0/id").asText());
    await().until(() -> Files.exists(bundle.inbox().resolve("done/patient.txt")));
  }

  private void open() {
    try {
      bundle.bundle().open();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer store(String id, String text) {
    return bundle.postJson("/v1/interactions", Map.of("id", id, "agent_id", "a", "text", text));
  }

  private Answer search(String mode) {
    return bundle.postJson("/v1/search", Map.of("query", "stay", "mode", mode));
  }
}
