package org.hippocamel.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One HTTP/1.1 request as it arrived. */
record HttpCall(HttpHead head, String method, String path, byte[] body) {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * Waits for the next request of a connection.
   *
   * @return null when the client has closed it
   * @throws IOException when it is no HTTP, or above 64 MB
   */
  static HttpCall read(InputStream in, OutputStream out) throws IOException {
    HttpHead head = HttpHead.read(in);
    if (head == null) {
      return null;
    }
    String[] parts = head.first().split(" ");
    if (parts.length != 3) {
      throw new IOException("no HTTP request: " + head.first());
    }
    if (head.header("expect").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE); // else curl waits for a second before it sends a large body
    }
    return new HttpCall(head, parts[0], parts[1].replaceFirst("\\?.*", ""), head.body(in));
  }

  /** Names in lower case; the last value of each. */
  Map<String, String> headers() {
    return head.headers();
  }

  /** "" where it is missing. */
  String header(String name) {
    return head.header(name);
  }

  /** Whether the client wants the connection closed after the answer. */
  boolean last() {
    return head.last();
  }
}
