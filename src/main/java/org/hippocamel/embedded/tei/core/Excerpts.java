package org.hippocamel.embedded.tei.core;

/**
 * The side of a text that truncation keeps, cut at white space, where no token can be split by it:
 * nobody should tokenise a megabyte to keep 512 tokens of it.
 */
final class Excerpts {
  private static final int CHARS_PER_TOKEN = 32;

  private Excerpts() {}

  /**
   * @return an input whose texts either are whole or have more tokens than are allowed, so that
   *     truncation makes the same of it; of two texts that both have, the longer one may differ,
   *     which moves one token from the one to the other
   */
  static EncodingInput of(EncodingInput input, Truncation truncation, Tokenization tokenization) {
    if (input instanceof EncodingInput.Text whole) {
      return new EncodingInput.Text(enough(whole.text(), truncation, tokenization));
    }
    if (input instanceof EncodingInput.Dual pair) {
      return new EncodingInput.Dual(
          enough(pair.first(), truncation, tokenization),
          enough(pair.second(), truncation, tokenization));
    }
    return input;
  }

  private static String enough(String text, Truncation truncation, Tokenization tokenization) {
    long chars = (long) CHARS_PER_TOKEN * tokenization.maxInputLength();
    while (truncation != Truncation.NONE && chars < text.length()) {
      String excerpt = excerpt(text, truncation, (int) chars);
      if (excerpt.length() == text.length() || tokenization.isTooLong(excerpt)) {
        return excerpt;
      }
      chars *= 4;
    }
    return text;
  }

  /** At least so many characters of the kept side; the whole text if no white space comes. */
  private static String excerpt(String text, Truncation truncation, int chars) {
    return truncation == Truncation.RIGHT ? head(text, chars) : tail(text, chars);
  }

  private static String head(String text, int chars) {
    int end = chars;
    while (end < text.length() && !isSpace(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private static String tail(String text, int chars) {
    int start = text.length() - chars;
    while (start > 0 && !isSpace(text.charAt(start - 1))) {
      start--;
    }
    return text.substring(start);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
