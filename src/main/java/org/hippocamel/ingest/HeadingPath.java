package org.hippocamel.ingest;

import java.util.List;

/**
 * The headings above a passage as they are embedded with it. A path that would take more than its
 * share of the passage loses the outermost headings first.
 *
 * @param text {@code "Setup > Ports"}, or null without headings
 * @param tokens what it costs, with the line break after it
 */
record HeadingPath(String text, int tokens) {
  private static final String SEPARATOR = " > ";
  private static final int SEPARATOR_TOKENS = 2;
  private static final HeadingPath NONE = new HeadingPath(null, 0);

  static HeadingPath of(List<Heading> headings, TokensOf tokensOf, int most) {
    for (int from = 0; from < headings.size(); from++) {
      List<Heading> kept = headings.subList(from, headings.size());
      int cost = cost(kept, tokensOf) + (from > 0 ? SEPARATOR_TOKENS + 3 : 0);
      if (cost <= most) {
        String path = String.join(SEPARATOR, kept.stream().map(Heading::shown).toList());
        return new HeadingPath(from > 0 ? "..." + SEPARATOR + path : path, cost);
      }
    }
    return headings.isEmpty()
        ? NONE
        : new HeadingPath(Heading.cut(headings.get(headings.size() - 1).text(), most - 1), most);
  }

  private static int cost(List<Heading> headings, TokensOf tokensOf) {
    return headings.stream().mapToInt(tokensOf::tokens).sum()
        + SEPARATOR_TOKENS * (headings.size() - 1)
        + 1;
  }

  /** How many tokens a heading has. */
  interface TokensOf {
    int tokens(Heading heading);
  }
}
