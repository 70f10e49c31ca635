package org.hippocamel.graph;

/** What a character is to the search for entities. */
final class Chars {
  /** Between words: blanks, brackets, quotes, most punctuation, letters of scripts without case. */
  static final byte GAP = 0;

  static final byte LOWER = 1;
  static final byte UPPER = 2;
  static final byte DIGIT = 3;

  /** Inside names and addresses, but not at their ends: {@code . / : - _ @ # \ ~ + '}. */
  static final byte JOINT = 4;

  /** An accent that stands behind its letter. */
  static final byte MARK = 5;

  private static final byte[] ASCII = new byte[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      ASCII[c] = LOWER;
      ASCII[Character.toUpperCase(c)] = UPPER;
    }
    for (char c = '0'; c <= '9'; c++) {
      ASCII[c] = DIGIT;
    }
    for (char c : "./:-_@#\\~+'".toCharArray()) {
      ASCII[c] = JOINT;
    }
  }

  private Chars() {}

  /**
   * The class of a character. Letters without case (Chinese, Arabic, Thai ...) are gaps: none of
   * the rules is about them, and a code that stands among them without blanks is found that way.
   */
  static byte of(char c) {
    if (c < 128) {
      return ASCII[c];
    }
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> UPPER;
      case Character.LOWERCASE_LETTER, Character.MODIFIER_LETTER -> LOWER;
      case Character.NON_SPACING_MARK -> MARK;
      default -> c == '\u2019' ? JOINT : GAP;
    };
  }

  static boolean letter(char c) {
    byte of = of(c);
    return of == LOWER || of == UPPER;
  }

  /** Whether a word may begin behind this character or end before it. */
  static boolean boundary(char c) {
    byte of = of(c);
    return of == GAP || of == JOINT;
  }
}
