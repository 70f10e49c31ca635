package org.hippocamel.graph;

import java.util.Optional;

/** What stands between quotation marks, as far as it is a term and not a sentence. */
final class QuotedTerms {
  private static final int LONGEST = 60;
  private static final int MOST_WORDS = 5;
  private static final String OPENING = "\"`\u201c\u201e\u00ab\u2039\u300c\u300e";
  private static final String CLOSING = "\"`\u201d\u201c\u00bb\u203a\u300d\u300f";

  private QuotedTerms() {}

  static boolean opens(char c) {
    return c != ' ' && OPENING.indexOf(c) >= 0;
  }

  /** The term whose opening mark stands here. */
  static Optional<String> at(String text, int open) {
    int mark = OPENING.indexOf(text.charAt(open));
    if (mark < 0 || !begins(text, open, CLOSING.charAt(mark))) {
      return Optional.empty();
    }
    int close = close(text, open, CLOSING.charAt(mark));
    return close < 0 ? Optional.empty() : term(text.substring(open + 1, close));
  }

  /** Marks that open and close alike open only where a word may begin. */
  private static boolean begins(String text, int open, char closing) {
    boolean alike = text.charAt(open) == closing;
    boolean behindWord =
        open > 0
            && !Character.isWhitespace(text.charAt(open - 1))
            && "([{=,:".indexOf(text.charAt(open - 1)) < 0;
    return !(alike && behindWord);
  }

  private static int close(String text, int open, char closing) {
    int last = Math.min(text.length(), open + LONGEST + 2);
    for (int i = open + 1; i < last; i++) {
      char c = text.charAt(i);
      if (c == closing) {
        return i;
      }
      if (c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  private static Optional<String> term(String inside) {
    int from = 0;
    int to = inside.length();
    while (from < to && edge(inside.charAt(from))) {
      from++;
    }
    while (to > from && edge(inside.charAt(to - 1))) {
      to--;
    }
    String term = inside.substring(from, to);
    int words = term.isEmpty() ? 0 : term.split("\\s+").length;
    boolean lettered = term.chars().anyMatch(Character::isLetter);
    return lettered && term.length() > 2 && words <= MOST_WORDS
        ? Optional.of(term)
        : Optional.empty();
  }

  private static boolean edge(char c) {
    return Character.isWhitespace(c) || ".,;:!?'".indexOf(c) >= 0;
  }
}
