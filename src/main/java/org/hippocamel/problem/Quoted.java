package org.hippocamel.problem;

/** A caller's value as an error message may show it: quoted, one line, at most 40 characters. */
public final class Quoted {
  private static final int SHOWN = 40;

  private Quoted() {}

  /** {@code "value"}, cut with an ellipsis, control characters and broken surrogates as '?'. */
  public static String of(Object value) {
    String text = String.valueOf(value);
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    StringBuilder line = new StringBuilder("\"");
    shown
        .codePoints()
        .map(c -> Character.isISOControl(c) || isSurrogate(c) ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.append('"').toString();
  }

  /** Position of the first surrogate without its partner, or -1: such text is not Unicode. */
  public static int brokenSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
