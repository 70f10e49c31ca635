package org.hippocamel.embedded.tei.core;

/**
 * The side of a text that truncation keeps, cut at white space, where no token can be split by it.
 */
final class Excerpt {
  private Excerpt() {}

  /**
   * @param chars at least so many, unless the text is shorter
   * @return the text itself if there is no white space to cut at
   */
  static String of(String text, Truncation truncation, int chars) {
    if (truncation == Truncation.NONE || text.length() <= chars) {
      return text;
    }
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
