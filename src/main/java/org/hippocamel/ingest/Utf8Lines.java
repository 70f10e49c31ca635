package org.hippocamel.ingest;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Lines of a stream, strictly decoded, each held only up to a bound: of a longer one the rest is
 * skipped, not buffered. Not thread-safe.
 */
public final class Utf8Lines implements Closeable {
  private static final int READ_AHEAD = 16 * 1024;

  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[READ_AHEAD];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int filled;
  private long offset;
  private int number;

  /**
   * One line.
   *
   * @param number 1-based
   * @param text without its end, or null when there is a fault
   * @param fault why it cannot be read, or null
   */
  public record Line(int number, String text, String fault) {}

  public Utf8Lines(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /** The next line, or null at the end. */
  public Line next() throws IOException {
    line.reset();
    long start = offset;
    long length = 0;
    boolean ended = false;
    while (!ended && (at < filled || fill())) {
      int from = at;
      while (at < filled && buffer[at] != '\n') {
        at++;
      }
      int room = (int) Math.min(at - from, maxBytes + 1L - line.size());
      line.write(buffer, from, room);
      length += at - from;
      ended = at < filled;
      at += ended ? 1 : 0;
    }
    if (!ended && length == 0) {
      return null;
    }
    offset = start + length + (ended ? 1 : 0);
    number++;
    return length > maxBytes ? tooLong(length) : decoded(start);
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer));
    return filled > 0;
  }

  private Line tooLong(long length) {
    return new Line(
        number,
        null,
        "the line has "
            + length
            + " bytes, the limit is "
            + maxBytes
            + " (from limits.max-text-chars); split the record");
  }

  private Line decoded(long start) {
    byte[] bytes = line.toByteArray();
    int from = number == 1 ? Utf8.markLength(bytes, bytes.length) : 0;
    int to =
        bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    Utf8 utf8 = Utf8.decode(bytes, from, to);
    return utf8.faulty()
        ? new Line(number, null, Utf8.complaint(start + from + utf8.faultAt()))
        : new Line(number, utf8.text(), null);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
