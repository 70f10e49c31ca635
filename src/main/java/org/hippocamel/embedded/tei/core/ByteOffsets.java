package org.hippocamel.embedded.tei.core;

/**
 * Walks a text once and knows its place in three units: code points (the tokenizer's), UTF-16 chars
 * (Java's) and UTF-8 bytes (the wire's).
 */
final class ByteOffsets {
  private final String text;
  private int codePoints;
  private int chars;
  private int bytes;

  ByteOffsets(String text) {
    this.text = text;
  }

  /** Goes to a code point; back to the start first if it lies behind. */
  void moveTo(int codePoint) {
    if (codePoint < codePoints) {
      codePoints = 0;
      chars = 0;
      bytes = 0;
    }
    while (codePoints < codePoint && chars < text.length()) {
      int c = text.codePointAt(chars);
      chars += Character.charCount(c);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      codePoints++;
    }
  }

  int chars() {
    return chars;
  }

  int bytes() {
    return bytes;
  }
}
