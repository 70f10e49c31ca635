package org.hippocamel.api;

/**
 * An HTTP reply.
 *
 * @param status HTTP status code
 * @param contentType media type of the body, or null without one
 * @param body bytes to send, or null
 * @param link value of the header {@code Link} (RFC 8288), or null
 */
public record Reply(int status, String contentType, byte[] body, String link) {
  /** Without a link. */
  public Reply(int status, String contentType, byte[] body) {
    this(status, contentType, body, null);
  }
}
