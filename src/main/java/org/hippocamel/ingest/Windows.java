package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * The stretches in which a text is counted. A whole stretch is counted at once and its parts by
 * their token ends, so that a text is tokenised only once however it is split afterwards.
 */
final class Windows {
  /** Well below what TEI takes as one input of a 512-token model: 250 characters for each token. */
  static final int LONGEST = 8_000;

  private Windows() {}

  /** Stretches in order, none blank; between them only blanks are left out. */
  static List<int[]> of(String text) {
    List<int[]> windows = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = end(text, start);
      if (!text.substring(start, end).isBlank()) {
        windows.add(new int[] {start, end});
      }
      start = end;
    }
    return windows;
  }

  private static int end(String text, int start) {
    int most = start + LONGEST;
    if (most >= text.length()) {
      return text.length();
    }
    int least = start + LONGEST / 2;
    for (String gap : List.of("\n\n", "\n", " ")) {
      int at = text.lastIndexOf(gap, most - gap.length());
      if (at >= least) {
        return at + gap.length();
      }
    }
    return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
  }
}
