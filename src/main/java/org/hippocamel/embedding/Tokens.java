package org.hippocamel.embedding;

/**
 * How the served model's tokenizer sees one text.
 *
 * @param count tokens of the text, without special tokens
 * @param ends for each token the exclusive end in the text, as a Java {@code char} index, never
 *     decreasing; strictly for cutting: several tokens may share an end, and a token may be a whole
 *     word the model does not know
 */
public record Tokens(int count, int[] ends) {

  public Tokens {
    if (count != ends.length) {
      throw new IllegalArgumentException(count + " tokens, but " + ends.length + " ends");
    }
    ends = ends.clone();
    for (int i = 1; i < ends.length; i++) {
      if (ends[i] < ends[i - 1]) {
        throw new IllegalArgumentException("token ends must not decrease, token " + i + " does");
      }
    }
  }

  /** Tokens with these ends. */
  public static Tokens ending(int... ends) {
    return new Tokens(ends.length, ends);
  }

  /**
   * Tokens as TEI's {@code /tokenize} describes them since 1.7.1: ends as offsets into the text's
   * UTF-8 bytes. An offset inside a character means the end of that character.
   */
  public static Tokens ofUtf8Ends(String text, int... byteEnds) {
    int[] ends = new int[byteEnds.length];
    int bytes = 0;
    int at = 0;
    for (int i = 0; i < byteEnds.length; i++) {
      while (bytes < byteEnds[i] && at < text.length()) {
        int c = text.codePointAt(at);
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        at += Character.charCount(c);
      }
      ends[i] = at;
    }
    return new Tokens(ends.length, ends);
  }
}
