package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A bundle that is started but not open: embedder and store are not there. */
class ClosedDoorTest {
  private static RunningBundle bundle;

  @BeforeAll
  static void start() {
    bundle =
        RunningBundle.start(
            RunningBundle.newFolder(),
            Map.of(
                "mongo.uri",
                "mongodb://127.0.0.1:1",
                "mongo.timeout-millis",
                "100",
                "tei.url",
                "http://127.0.0.1:1"));
  }

  @AfterAll
  static void stop() {
    bundle.close();
  }

  @Test
  void requests_areToldToComeBack() {
    List<Answer> answers =
        List.of(
            bundle.post("/v1/interactions", "{\"agent_id\": \"a\", \"text\": \"early\"}"),
            bundle.post("/v1/search", "{\"query\": \"early\"}"),
            bundle.post("/v1/interactions/search", "{\"query\": \"early\"}"),
            bundle.post("/v1/documents", "{\"uri\": \"early.md\", \"text\": \"early\"}"),
            bundle.get("/v1/memories/early"),
            bundle.delete("/v1/memories/early"),
            bundle.get("/v1/sources"),
            bundle.delete("/v1/sources/early"));
    answers.forEach(answer -> Refusal.of(ProblemKind.UNAVAILABLE, answer));
    for (Answer openAi :
        List.of(
            bundle.post("/v1/embeddings", "{\"input\": \"early\"}"), bundle.get("/v1/models"))) {
      assertEquals(503, openAi.status());
      assertEquals("1", openAi.header("Retry-After"));
      assertEquals("unavailable", openAi.json().at("/error/code").asText());
    }
  }

  @Test
  void mistakes_areToldApart() {
    Refusal.of(ProblemKind.MALFORMED, bundle.post("/v1/search", "{"));
    Refusal.of(ProblemKind.INVALID, bundle.post("/v1/interactions", "{}"));
  }

  @Test
  void health_isDownAndLivenessIsUp() throws Exception {
    Answer health = bundle.get("/health");
    assertEquals(503, health.status());
    assertEquals("{\"status\":\"DOWN\"}", health.response().body());
    assertEquals("{\"spaces\":[]}", bundle.get("/v1/spaces").response().body());
    assertEquals(200, manage("/observe/health/live"));
    assertEquals(503, manage("/observe/health/ready"));
  }

  private static int manage(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(bundle.bundle().managementUrl() + path)).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void inbox_isNotRead() throws Exception {
    Files.createDirectories(bundle.inbox());
    Files.writeString(bundle.inbox().resolve("early.md"), "not yet");
    assertEquals(
        "Stopped", bundle.bundle().camel().getRouteController().getRouteStatus("inbox").name());
  }
}
