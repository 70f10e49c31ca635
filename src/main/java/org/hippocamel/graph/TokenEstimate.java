package org.hippocamel.graph;

import java.util.Arrays;
import org.hippocamel.embedding.Tokens;

/**
 * Tokens of a text when nobody can count them: rather too many than too few. Three letters or
 * digits of one word are a token (English has four and more), every other character is one.
 */
final class TokenEstimate {
  private static final int LETTERS = 3;

  private TokenEstimate() {}

  static Tokens of(String text) {
    int[] ends = new int[text.length()];
    int count = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        run = 0;
      } else if (c < 0x250 && Character.isLetterOrDigit(c) && run % LETTERS != 0) {
        ends[count - 1] = i + 1;
        run++;
      } else {
        ends[count++] = i + 1;
        run = c < 0x250 && Character.isLetterOrDigit(c) ? run + 1 : 0;
      }
    }
    return new Tokens(count, Arrays.copyOf(ends, count));
  }
}
