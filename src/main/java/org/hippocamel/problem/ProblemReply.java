package org.hippocamel.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an {@code application/problem+json} body (RFC 9457) of whatever was thrown, and logs what
 * is our fault. Texts of unexpected errors stay in the log.
 */
public final class ProblemReply {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemReply.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPES = "urn:hippocamel:problem:";

  /** The problem, logged once when it is not the caller's. */
  public Problem diagnose(Throwable thrown, String routeId) {
    Problem problem = Diagnosis.of(thrown);
    if (problem.kind() == ProblemKind.UNEXPECTED) {
      LOG.error("Unexpected error in route {}", routeId, thrown);
    } else if (problem.kind().status() >= 500) {
      LOG.warn("{} in route {}: {}", problem.kind().title(), routeId, problem.getMessage());
    }
    return problem;
  }

  /** Bytes of the reply body, {@code application/problem+json}. */
  public byte[] body(Problem problem) {
    return bytes(json(problem));
  }

  /** The same for callers who speak OpenAI's dialect. */
  public byte[] openAiBody(Problem problem) {
    return bytes(openAi(problem));
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Type, title, status, detail, and the fields at fault with their pointers. */
  public static ObjectNode json(Problem problem) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("type", TYPES + problem.kind().word())
            .put("title", problem.kind().title())
            .put("status", problem.kind().status())
            .put("detail", problem.getMessage());
    faults(json, problem);
    return json;
  }

  private static void faults(ObjectNode json, Problem problem) {
    if (!problem.errors().isEmpty()) {
      ArrayNode errors = json.putArray("errors");
      problem
          .errors()
          .forEach(
              error ->
                  errors.addObject().put("pointer", error.pointer()).put("detail", error.detail()));
    }
  }

  /**
   * OpenAI's error object. Its clients retry 429 and 5xx by themselves and show the message of the
   * rest; they know bad input as 400. It has room for one parameter: further faults are in {@code
   * errors}, which clients hand on as a field they do not know.
   */
  private static ObjectNode openAi(Problem problem) {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode error =
        json.putObject("error")
            .put("message", problem.getMessage())
            .put("type", openAiType(problem.kind()))
            .put("param", problem.errors().isEmpty() ? null : problem.errors().get(0).pointer())
            .put("code", problem.kind().word());
    if (problem.errors().size() > 1) {
      faults(error, problem);
    }
    return json;
  }

  private static String openAiType(ProblemKind kind) {
    return switch (kind) {
      case UNAUTHORISED -> "authentication_error";
      case FORBIDDEN -> "permission_error";
      case OVERLOADED -> "rate_limit_error";
      case MALFORMED, NOT_FOUND, NOT_ALLOWED, CONFLICT, TOO_LARGE, INVALID ->
          "invalid_request_error";
      case UNEXPECTED, EMBEDDER_FAILED, RERANKER_FAILED, STORE_FAILED, UNAVAILABLE, TIMEOUT ->
          "server_error";
    };
  }

  /** HTTP status for callers who speak OpenAI's dialect. */
  public int openAiStatus(Problem problem) {
    return problem.kind() == ProblemKind.INVALID
        ? ProblemKind.MALFORMED.status()
        : problem.kind().status();
  }

  /** Seconds after which a caller may try again, or null where that would not help. */
  public String retryAfter(Problem problem) {
    return problem.passing() ? "1" : null;
  }
}
