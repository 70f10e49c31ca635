package org.hippocamel.embedding;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * What can be said of a text's tokens without its tokenizer, whichever it is: WordPiece, BPE or
 * SentencePiece, cased or not, with or without a fallback to bytes.
 */
final class TokenBounds {
  private TokenBounds() {}

  /**
   * Whether a text cannot have more tokens than that. No tokenizer makes more tokens of a text than
   * it has UTF-8 bytes in the form that it reads, and one for a blank that it may put before it.
   * Decomposed forms are the longest: ½ is three characters there and U+FDFA eighteen.
   */
  static boolean fits(String text, int tokens) {
    int most = tokens - 1;
    if (text.length() > most) {
      return false;
    }
    int bytes = bytes(text);
    return bytes == text.length()
        || bytes <= most
            && bytes(text.toLowerCase(Locale.ROOT)) <= most
            && fits(text, Normalizer.Form.NFD, most)
            && fits(text, Normalizer.Form.NFKD, most);
  }

  private static boolean fits(String text, Normalizer.Form form, int most) {
    String normal = Normalizer.normalize(text, form);
    return bytes(normal) <= most && bytes(normal.toLowerCase(Locale.ROOT)) <= most;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Tokens that a text has at least: one for each word between blanks. Only words with an ASCII
   * letter or digit are counted, for others may be dropped.
   */
  static int least(String text) {
    int words = 0;
    boolean counted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        counted = false;
      } else if (!counted && isAsciiLetterOrDigit(c)) {
        counted = true;
        words++;
      }
    }
    return words;
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
