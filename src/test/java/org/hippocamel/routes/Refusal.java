package org.hippocamel.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.hippocamel.RunningBundle.Answer;
import org.hippocamel.problem.ProblemKind;

/** What a caller who is refused must be told. */
final class Refusal {
  private Refusal() {}

  /** Asserts a problem reply of this kind and gives its detail. */
  static String of(ProblemKind kind, Answer answer) {
    String body = answer.response().body();
    assertEquals(kind.status(), answer.status(), body);
    assertEquals("application/problem+json", answer.header("Content-Type"), body);
    JsonNode problem = answer.json();
    assertEquals("urn:hippocamel:problem:" + kind.word(), problem.path("type").asText(), body);
    assertEquals(kind.title(), problem.path("title").asText());
    assertEquals(kind.status(), problem.path("status").asInt());
    assertEquals(kind.passing() ? "1" : null, answer.header("Retry-After"), body);
    return problem.path("detail").asText();
  }

  /** Asserts that this field is refused with a sentence that holds these words. */
  static void field(String pointer, String words, Answer answer) {
    of(ProblemKind.INVALID, answer);
    for (JsonNode error : answer.json().path("errors")) {
      if (error.path("pointer").asText().equals(pointer)) {
        String detail = error.path("detail").asText();
        assertTrue(detail.contains(words), detail);
        return;
      }
    }
    throw new AssertionError("no error at " + pointer + ": " + answer.response().body());
  }
}
