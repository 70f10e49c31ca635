package org.hippocamel.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes as text, or the place where they stop being UTF-8: nothing is replaced silently. */
record Utf8(String text, int faultAt) {

  /** Decodes strictly; {@code faultAt} is the index of the first bad byte, or -1. */
  static Utf8 decode(byte[] bytes, int from, int to) {
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer out = CharBuffer.allocate(to - from);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    return result.isUnderflow()
        ? new Utf8(out.flip().toString(), -1)
        : new Utf8(null, in.position() - from);
  }

  boolean faulty() {
    return faultAt >= 0;
  }

  /** Bytes of the byte order mark at the start: 3 or 0. */
  static int markLength(byte[] bytes, int length) {
    boolean mark =
        length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  static String complaint(long offset) {
    return "byte " + offset + " of the file is not UTF-8; save the file as UTF-8";
  }
}
