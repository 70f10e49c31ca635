package org.hippocamel.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 request as it arrived.
 *
 * @param headers names in lower case; the last value of each
 */
record HttpCall(String method, String path, Map<String, String> headers, byte[] body) {
  private static final int LONGEST_LINE = 16_384;
  private static final int MAX_HEADERS = 100;
  private static final int LARGEST_BODY = 64_000_000;
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * Waits for the next request of a connection.
   *
   * @return null when the client has closed it
   * @throws IOException when it is no HTTP, or above 64 MB
   */
  static HttpCall read(InputStream in, OutputStream out) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    String[] parts = first.split(" ");
    if (parts.length != 3) {
      throw new IOException("no HTTP request: " + first);
    }
    Map<String, String> headers = headers(in);
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write(CONTINUE); // else curl waits for a second before it sends a large body
    }
    String path = parts[1].replaceFirst("\\?.*", "");
    return new HttpCall(parts[0], path, headers, body(in, headers));
  }

  /** Whether the client wants the connection closed after the answer. */
  boolean last() {
    return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String line = needed(in); !line.isEmpty(); line = needed(in)) {
      int colon = line.indexOf(':');
      if (colon < 0 || headers.size() == MAX_HEADERS) {
        throw new IOException("no HTTP header: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    return exactly(in, bounded(headers.getOrDefault("content-length", "0"), 10));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(in); size > 0; size = chunk(in)) {
      bounded("" + (body.size() + size), 10);
      body.write(exactly(in, size));
      needed(in);
    }
    headers(in); // trailers, up to the empty line
    return body.toByteArray();
  }

  private static int chunk(InputStream in) throws IOException {
    return bounded(needed(in).replaceFirst(";.*", ""), 16);
  }

  private static int bounded(String length, int radix) throws IOException {
    try {
      int bytes = Integer.parseInt(length.strip(), radix);
      if (bytes >= 0 && bytes <= LARGEST_BODY) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // said below, as for any other length that cannot be
    }
    throw new IOException("a body of " + length + " bytes is not taken");
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client left within a body");
    }
    return bytes;
  }

  private static String needed(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException("the client left within a request");
    }
    return line;
  }

  /** Null at the end of the stream. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return null;
      }
      if (line.length() == LONGEST_LINE) {
        throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
