package org.hippocamel.embedded.tei.http;

/** A body that is refused before any handler sees it; told as plain text, as axum does. */
final class Rejection extends RuntimeException {
  private final int status;

  private Rejection(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static Rejection syntax(String detail) {
    return new Rejection(400, "Failed to parse the request body as JSON: " + detail);
  }

  static Rejection shape(String detail) {
    return new Rejection(
        422, "Failed to deserialize the JSON body into the target type: " + detail);
  }

  static Rejection contentType() {
    return new Rejection(415, "Expected request with `Content-Type: application/json`");
  }

  static Rejection length() {
    return new Rejection(413, "Failed to buffer the request body: length limit exceeded");
  }

  int status() {
    return status;
  }
}
