package org.hippocamel.embedded.tei.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param contentType null when the body is empty
 */
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  private static final byte[] NOTHING = {};

  static Reply empty(int status) {
    return new Reply(status, null, NOTHING, Map.of());
  }

  static Reply json(int status, byte[] body) {
    return new Reply(status, "application/json", body, Map.of());
  }

  static Reply text(int status, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(status, "text/plain; charset=utf-8", body, Map.of());
  }

  static Reply of(Rejection rejection) {
    return text(rejection.status(), rejection.getMessage());
  }

  Reply with(Map<String, String> more) {
    return new Reply(status, contentType, body, more);
  }
}
