package org.hippocamel.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One answer, and what becomes of its connection.
 *
 * @param type content type; null for an empty body
 */
record HttpReply(int status, String type, byte[] body, Map<String, String> headers, Ending ending) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** What becomes of the connection. */
  enum Ending {
    /** It is kept for the next request. */
    KEPT,
    /** It is closed after an answer that did not announce it. */
    CLOSED_AFTER,
    /** It is closed in place of an answer. */
    DROPPED,
    /** It is reset in place of an answer. */
    RESET
  }

  static HttpReply json(int status, byte[] body) {
    return new HttpReply(status, "application/json", body, Map.of(), Ending.KEPT);
  }

  static HttpReply text(int status, String body) {
    return new HttpReply(status, TEXT, bytes(body), Map.of(), Ending.KEPT);
  }

  static HttpReply empty(int status) {
    return new HttpReply(status, null, new byte[0], Map.of(), Ending.KEPT);
  }

  /** In place of an answer. */
  static HttpReply none(Ending ending) {
    return new HttpReply(0, null, new byte[0], Map.of(), ending);
  }

  HttpReply with(Map<String, String> more) {
    return new HttpReply(status, type, body, more, ending);
  }

  HttpReply with(Ending other) {
    return new HttpReply(status, type, body, headers, other);
  }

  /** In one piece: two would wait for each other in the network. */
  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(" -\r\n");
    if (type != null) {
      head.append("content-type: ").append(type).append("\r\n");
    }
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    byte[] first = bytes(head.toString());
    byte[] whole = new byte[first.length + body.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(body, 0, whole, first.length, body.length);
    out.write(whole);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
