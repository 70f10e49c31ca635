package org.hippocamel.problem;

/**
 * Every way in which a request can fail, with its HTTP status. The enum is the table: replies,
 * metrics and the OpenAPI document are made from it.
 */
public enum ProblemKind {
  MALFORMED(400, "Malformed request"),
  UNAUTHORISED(401, "Unauthorised"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "Not found"),
  NOT_ALLOWED(405, "Method not allowed"),
  CONFLICT(409, "Conflict"),
  TOO_LARGE(413, "Too large"),
  INVALID(422, "Invalid request"),
  OVERLOADED(429, "Overloaded"),
  UNEXPECTED(500, "Unexpected error"),
  EMBEDDER_FAILED(502, "Embedder failed"),
  RERANKER_FAILED(502, "Reranker failed"),
  STORE_FAILED(502, "Store failed"),
  UNAVAILABLE(503, "Unavailable"),
  TIMEOUT(504, "Timeout");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status code, 400 to 504. */
  public int status() {
    return status;
  }

  /** One phrase for people, the same for every problem of this kind. */
  public String title() {
    return title;
  }

  /** The last part of the problem's type URI and the metric label: {@code not-found}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** Whether the same request may succeed later without being changed. */
  public boolean passing() {
    return this == OVERLOADED || this == UNAVAILABLE || this == TIMEOUT;
  }
}
