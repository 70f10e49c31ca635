package org.hippocamel.ingest;

/**
 * A heading above a passage.
 *
 * @param text as people read it, without markup, on one line
 * @param start where it stands in the document, {@code -1} for a title that stands beside the text
 * @param end exclusive
 */
record Heading(String text, int start, int end) {
  /** Longer headings are sentences by mistake: cut in the path and kept in the body. */
  private static final int LONGEST = 200;

  static Heading of(String text, int start, int end) {
    return new Heading(text.strip().replaceAll("\\s+", " "), start, end);
  }

  static Heading title(String text) {
    return of(text, -1, -1);
  }

  boolean tooLong() {
    return weight(text) > LONGEST;
  }

  /** The text, cut to a length that cannot fill a passage. */
  String shown() {
    return cut(text, LONGEST);
  }

  /**
   * The text cut to at most so many tokens whatever the tokenizer: one for an ASCII character, up
   * to four for others.
   */
  static String cut(String text, int mostTokens) {
    if (weight(text) <= mostTokens) {
      return text;
    }
    int at = 0;
    for (int room = mostTokens - 3;
        at < text.length();
        at += Character.charCount(text.codePointAt(at))) {
      room -= weight(text.codePointAt(at));
      if (room < 0) {
        break;
      }
    }
    return text.substring(0, at).stripTrailing() + "...";
  }

  /** An upper bound of the tokens of a text. */
  static int weight(String text) {
    return text.codePoints().map(Heading::weight).sum();
  }

  private static int weight(int codePoint) {
    return codePoint < 0x80 ? 1 : codePoint < 0x10000 ? 3 : 4;
  }
}
