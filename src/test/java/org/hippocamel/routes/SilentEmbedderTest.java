package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.hippocamel.embedding.Replicas;
import org.junit.jupiter.api.Test;

/** An embedder that takes a call and says nothing: the caller is told once, in time. */
class SilentEmbedderTest {
  @Test
  void deadline_endsTheWaitOnce() {
    try (StubTei tei = new StubTei();
        RunningBundle bundle =
            RunningBundle.start(
                RunningBundle.newFolder(),
                Map.of(
                    "tei.url", tei.url(),
                    "mongo.uri", "mongodb://127.0.0.1:1",
                    "embed.query-deadline-millis", "300"))) {
      await().until(() -> heard(bundle));
      tei.delay(5_000);
      RunningBundle.Answer answer = bundle.post("/v1/embeddings", "{\"input\": \"hello?\"}");
      assertEquals(504, answer.status());
      assertEquals(
          "no vector within 300 ms (embed.query-deadline-millis)",
          answer.json().at("/error/message").asText());
      assertEquals("server_error", answer.json().at("/error/type").asText());
      assertEquals(1, tei.calls().size());
    }
  }

  private static boolean heard(RunningBundle bundle) {
    Replicas replicas = bundle.bundle().camel().getRegistry().findSingleByType(Replicas.class);
    return replicas.trouble().isEmpty();
  }
}
