package org.hippocamel.ingest;

import java.util.List;
import org.hippocamel.embedding.Tokens;

/** Measures stretches of one text in tokens. */
final class Ruler {
  private final String text;
  private final int[] ends; // of all tokens of the text, never decreasing
  private final boolean counted;

  private Ruler(String text, int[] ends, boolean counted) {
    this.text = text;
    this.ends = ends;
    this.counted = counted;
  }

  /** For a text known to fit: every stretch measures 0. */
  static Ruler uncounted(String text) {
    return new Ruler(text, new int[0], false);
  }

  /** From the tokens of each of its windows. */
  static Ruler of(String text, List<int[]> windows, List<Tokens> tokens) {
    int[] ends = new int[tokens.stream().mapToInt(Tokens::count).sum()];
    int at = 0;
    for (int i = 0; i < windows.size(); i++) {
      int start = windows.get(i)[0];
      for (int end : tokens.get(i).ends()) {
        ends[at++] = Math.min(start + end, windows.get(i)[1]);
      }
    }
    return new Ruler(text, ends, true);
  }

  /** Tokens of {@code [from, to)}; one that reaches over the edge counts on both sides. */
  int tokens(int from, int to) {
    if (!counted || to <= from) {
      return 0;
    }
    int upTo = countTo(to);
    boolean over =
        (upTo == 0 || ends[upTo - 1] < to) && !Character.isWhitespace(text.charAt(to - 1));
    return upTo - countTo(from) + (over ? 1 : 0);
  }

  /** Tokens of a heading without the marks before and after it: {@code ##} or an underline. */
  int tokensBetweenMarks(int from, int to) {
    int first = from;
    int last = to;
    while (first < last && isMark(text.charAt(first))) {
      first++;
    }
    while (last > first && isMark(text.charAt(last - 1))) {
      last--;
    }
    return tokens(first, last);
  }

  private static boolean isMark(char c) {
    return c == '#' || c == '=' || c == '-' || Character.isWhitespace(c);
  }

  /**
   * Where to cut so that {@code [from, cut)} has at most {@code max} tokens and {@code maxChars}
   * characters: at a token's end, before a blank if there is one in the last quarter, never inside
   * a surrogate pair.
   */
  int cut(int from, int to, int max, int maxChars) {
    int last = Math.min(countTo(from) + max, ends.length) - 1;
    while (last > 0 && last + 1 < ends.length && ends[last] == ends[last + 1]) {
      last--; // one character in several tokens
    }
    int most = Math.min(from + maxChars, last < 0 ? to : Math.min(to, ends[last]));
    while (last > 0 && ends[last] > most) {
      last--;
    }
    int cut = last >= 0 && ends[last] > from && ends[last] <= most ? ends[last] : most;
    for (int i = last; i >= 0 && ends[i] > from + (cut - from) * 3 / 4; i--) {
      if (ends[i] < to && Character.isWhitespace(text.charAt(ends[i]))) {
        return ends[i];
      }
    }
    return whole(from, Math.min(cut, to), to);
  }

  private int whole(int from, int cut, int to) {
    boolean split =
        cut < to
            && cut > 0
            && Character.isLowSurrogate(text.charAt(cut))
            && Character.isHighSurrogate(text.charAt(cut - 1));
    int at = split ? cut - 1 : cut;
    return at > from ? at : from + Character.charCount(text.codePointAt(from));
  }

  /** Tokens that end at or before an index. */
  private int countTo(int index) {
    int low = 0;
    int high = ends.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= index) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
