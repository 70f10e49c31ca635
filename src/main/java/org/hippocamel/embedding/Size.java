package org.hippocamel.embedding;

/**
 * What texts take of a call.
 *
 * @param texts how many
 * @param bytes in JSON
 * @param tokens estimated: a third of the bytes, which is more than any language needs on average,
 *     and never more than the model sees
 */
public record Size(int texts, long bytes, long tokens) {
  static final Size NONE = new Size(0, 0, 0);

  private static final int ESCAPED = 6; // backslash, u, four digits
  private static final int BYTES_OF_A_TOKEN = 3;

  static Size of(String text, int maxTokens) {
    long bytes = jsonBytes(text);
    long tokens = EmbedLimits.SPECIAL_TOKENS + bytes / BYTES_OF_A_TOKEN;
    return new Size(1, bytes, Math.min(tokens, maxTokens));
  }

  /** Bytes of a text as a string in a list of JSON. */
  public static long jsonBytes(String text) {
    long bytes = 3; // quotes and comma
    for (int i = 0; i < text.length(); i++) {
      bytes += bytes(text.charAt(i));
    }
    return bytes;
  }

  private static int bytes(char c) {
    if (c < 0x20) {
      return ESCAPED;
    }
    if (c < 0x80) {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    // Half of a surrogate pair is half of four bytes.
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  Size plus(Size other) {
    return new Size(texts + other.texts, bytes + other.bytes, tokens + other.tokens);
  }
}
