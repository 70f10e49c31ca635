package org.hippocamel.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemReplyTest {
  private final ProblemReply reply = new ProblemReply();

  @Test
  void kinds_areTheTable() {
    assertEquals(
        """
        400 malformed: Malformed request
        401 unauthorised: Unauthorised
        403 forbidden: Forbidden
        404 not-found: Not found
        405 not-allowed: Method not allowed
        409 conflict: Conflict
        413 too-large: Too large
        422 invalid: Invalid request
        429 overloaded: Overloaded, passing
        500 unexpected: Unexpected error
        502 embedder-failed: Embedder failed
        502 reranker-failed: Reranker failed
        502 store-failed: Store failed
        503 unavailable: Unavailable, passing
        504 timeout: Timeout, passing""",
        Stream.of(ProblemKind.values())
            .map(
                kind ->
                    "%d %s: %s%s"
                        .formatted(
                            kind.status(),
                            kind.word(),
                            kind.title(),
                            kind.passing() ? ", passing" : ""))
            .collect(Collectors.joining("\n")));
  }

  @Test
  void body_holdsTypeTitleStatusAndDetail() {
    assertEquals(
        "{\"type\":\"urn:hippocamel:problem:not-found\",\"title\":\"Not found\",\"status\":404,"
            + "\"detail\":\"no memory with id \\\"a\\\"\"}",
        body(new Problem(ProblemKind.NOT_FOUND, "no memory with id \"a\"")));
  }

  @Test
  void body_pointsAtEveryFieldAtFault() {
    assertEquals(
        "{\"type\":\"urn:hippocamel:problem:invalid\",\"title\":\"Invalid request\",\"status\":422,"
            + "\"detail\":\"a is wrong; b is wrong\",\"errors\":["
            + "{\"pointer\":\"/a\",\"detail\":\"a is wrong\"},"
            + "{\"pointer\":\"/x~1y\",\"detail\":\"b is wrong\"}]}",
        body(
            Problem.invalid(
                List.of(
                    new FieldError("/a", "a is wrong"),
                    new FieldError(Pointer.child("", "x/y"), "b is wrong")))));
  }

  @Test
  void detail_namesThreeDifferentFaults_whateverTheirNumber() {
    List<FieldError> errors =
        Stream.of("a", "a", "b", "c", "d").map(what -> new FieldError("/" + what, what)).toList();
    Problem problem = Problem.invalid(errors);
    assertEquals("a; b; c", problem.getMessage());
    assertEquals(5, problem.errors().size());
  }

  @ParameterizedTest
  @EnumSource(ProblemKind.class)
  void retryAfter_isSaidWhereTryingAgainHelps(ProblemKind kind) {
    String seconds = reply.retryAfter(new Problem(kind, "why"));
    if (kind.status() == 429 || kind.status() == 503 || kind.status() == 504) {
      assertEquals("1", seconds);
    } else {
      assertNull(seconds);
    }
  }

  @Test
  void openAiBody_isWhatOpenAisClientsRead() {
    Problem problem = Problem.invalid("/input/1", "a text of input must not be empty");
    assertEquals(
        "{\"error\":{\"message\":\"a text of input must not be empty\","
            + "\"type\":\"invalid_request_error\",\"param\":\"/input/1\",\"code\":\"invalid\"}}",
        new String(reply.openAiBody(problem), StandardCharsets.UTF_8));
    assertEquals(400, reply.openAiStatus(problem));
  }

  @Test
  void openAiBody_holdsAllFaults_whereOneParameterIsNotEnough() {
    Problem problem =
        Problem.invalid(
            List.of(new FieldError("/input/1", "no"), new FieldError("/input/3", "no")));
    assertEquals(
        "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\","
            + "\"param\":\"/input/1\",\"code\":\"invalid\",\"errors\":["
            + "{\"pointer\":\"/input/1\",\"detail\":\"no\"},"
            + "{\"pointer\":\"/input/3\",\"detail\":\"no\"}]}}",
        new String(reply.openAiBody(problem), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAUTHORISED, 401, authentication_error",
    "FORBIDDEN, 403, permission_error",
    "TOO_LARGE, 413, invalid_request_error",
    "OVERLOADED, 429, rate_limit_error",
    "EMBEDDER_FAILED, 502, server_error",
    "TIMEOUT, 504, server_error"
  })
  void openAiStatus_tellsClientsWhetherToRetry(ProblemKind kind, int status, String type) {
    Problem problem = new Problem(kind, "why");
    assertEquals(status, reply.openAiStatus(problem));
    assertEquals(
        "{\"error\":{\"message\":\"why\",\"type\":\""
            + type
            + "\",\"param\":null,\"code\":\""
            + kind.word()
            + "\"}}",
        new String(reply.openAiBody(problem), StandardCharsets.UTF_8));
  }

  @Test
  void diagnose_keepsTheTextOfUnexpectedErrorsFromTheReply() {
    Problem problem = reply.diagnose(new IllegalStateException("tenant acme, row 17"), "recall");
    assertEquals(
        "{\"type\":\"urn:hippocamel:problem:unexpected\",\"title\":\"Unexpected error\","
            + "\"status\":500,\"detail\":\"something went wrong here; the log says what\"}",
        body(problem));
  }

  @Test
  void diagnose_passesAProblemOn() {
    Problem problem = Problem.invalid("/q", "no");
    assertSame(problem, reply.diagnose(problem, "recall"));
  }

  private String body(Problem problem) {
    return new String(reply.body(problem), StandardCharsets.UTF_8);
  }
}
