package org.hippocamel.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What stands before the body of an HTTP/1.1 message.
 *
 * @param first the request line or the status line
 * @param headers names in lower case; the last value of each
 */
record HttpHead(String first, Map<String, String> headers) {
  private static final int LONGEST_LINE = 16_384;
  private static final int MAX_HEADERS = 100;
  private static final int LARGEST_BODY = 64_000_000;

  /**
   * Waits for the next message of a connection.
   *
   * @return null when the other side has closed it
   * @throws IOException when what comes is no HTTP
   */
  static HttpHead read(InputStream in) throws IOException {
    String first = line(in);
    return first == null ? null : new HttpHead(first, headers(in));
  }

  /** "" where it is missing. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Whether the sender closes the connection after this message, or wants it closed. */
  boolean last() {
    return header("connection").equalsIgnoreCase("close") || first.contains("HTTP/1.0");
  }

  /**
   * Reads the body that follows; without a word about its length there is none.
   *
   * @throws IOException when it ends early, or is above 64 MB
   */
  byte[] body(InputStream in) throws IOException {
    if (header("transfer-encoding").equalsIgnoreCase("chunked")) {
      return chunks(in);
    }
    return exactly(in, length(headers.getOrDefault("content-length", "0"), 10));
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

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = chunk(in); size > 0; size = chunk(in)) {
      length("" + ((long) body.size() + size), 10);
      body.write(exactly(in, size));
      needed(in);
    }
    headers(in); // trailers, up to the empty line
    return body.toByteArray();
  }

  private static int chunk(InputStream in) throws IOException {
    return length(needed(in).replaceFirst(";.*", ""), 16);
  }

  private static int length(String length, int radix) throws IOException {
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
      throw new EOFException("the connection ended within a body");
    }
    return bytes;
  }

  private static String needed(InputStream in) throws IOException {
    String line = line(in);
    if (line == null) {
      throw new EOFException("the connection ended within a message");
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
