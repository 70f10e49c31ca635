package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.bench.StubTei;
import org.junit.jupiter.api.Test;

/** An embedder that takes a call and says nothing: the caller is told once, in time. */
class SilentEmbedderTest {
  @Test
  void deadline_endsTheWaitOnce() {
    try (StubTei tei = new StubTei();
        RunningBundle bundle =
            RunningBundle.open(
                Map.of("tei.url", tei.url(), "embed.query-deadline-millis", "300"))) {
      tei.forgetCalls();
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
}
