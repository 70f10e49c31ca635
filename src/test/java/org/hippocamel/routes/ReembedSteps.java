package org.hippocamel.routes;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.hippocamel.RunningBundle;
import org.hippocamel.RunningBundle.Answer;

/** What the tests of re-embedding ask a bundle. */
final class ReembedSteps {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Set<String> ENDED = Set.of("done", "failed", "cancelled");

  private final RunningBundle bundle;

  ReembedSteps(RunningBundle bundle) {
    this.bundle = bundle;
  }

  /** Memories {@code m0}, {@code m1} and so on: {@code memory number 0}. */
  void fill(int memories) {
    List<Map<String, Object>> many = new ArrayList<>();
    for (int i = 0; i < memories; i++) {
      many.add(Map.of("id", "m" + i, "agent_id", "a", "text", "memory number " + i));
    }
    assertEquals(200, bundle.postJson("/v1/interactions", many).status());
  }

  Answer order(Map<String, ?> body) {
    return bundle.postJson("/v1/reembed", body);
  }

  Answer post(String path) {
    return bundle.post(path, "");
  }

  JsonNode ended(Answer accepted) {
    assertEquals(202, accepted.status(), accepted.response().body());
    return ended(accepted.json());
  }

  JsonNode ended(JsonNode job) {
    await().atMost(PATIENCE).until(() -> ENDED.contains(job(job).get("state").asText()));
    return job(job);
  }

  JsonNode job(JsonNode job) {
    return bundle.get("/v1/jobs/" + job.get("id").asText()).json();
  }

  JsonNode spaces(boolean counted) {
    return bundle.get("/v1/spaces" + (counted ? "?counts=true" : "")).json().get("spaces");
  }

  static List<String> ids(JsonNode spaces) {
    return StreamSupport.stream(spaces.spliterator(), false)
        .map(one -> one.get("id").asText())
        .toList();
  }

  void store(String id, String text) {
    Answer answer =
        bundle.postJson("/v1/interactions", Map.of("id", id, "agent_id", "a", "text", text));
    assertEquals(2, answer.status() / 100, answer.response().body());
  }

  JsonNode search(Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("query", "memory number");
    Answer answer = bundle.postJson("/v1/search", body);
    assertEquals(200, answer.status(), answer.response().body());
    return answer.json();
  }
}
