package org.hippocamel.ingest;

import java.util.List;

/**
 * The headings above a passage as they are embedded with it. A path that would take more than its
 * share of the passage loses the outermost headings first.
 *
 * @param text {@code "Setup > Ports"}, or null without headings
 * @param tokens what it costs, with the line break after it
 * @param lost what is not in it
 */
record HeadingPath(String text, int tokens, Lost lost) {
  private static final String SEPARATOR = " > ";
  private static final int SEPARATOR_TOKENS = 2;
  private static final HeadingPath NONE = new HeadingPath(null, 0, Lost.NOTHING);

  static HeadingPath of(List<Heading> headings, TokensOf tokensOf, int most) {
    for (int from = 0; from < headings.size(); from++) {
      List<Heading> kept = headings.subList(from, headings.size());
      int cost = cost(kept, tokensOf) + (from > 0 ? SEPARATOR_TOKENS + 3 : 0);
      if (cost <= most) {
        String path = String.join(SEPARATOR, kept.stream().map(Heading::shown).toList());
        Heading nearest = kept.get(kept.size() - 1);
        Lost lost = nearest.tooLong() ? Lost.NEAREST : from > 0 ? Lost.OUTER : Lost.NOTHING;
        return new HeadingPath(from > 0 ? "..." + SEPARATOR + path : path, cost, lost);
      }
    }
    return headings.isEmpty()
        ? NONE
        : new HeadingPath(cutNearest(headings, most), most, Lost.NEAREST);
  }

  private static String cutNearest(List<Heading> headings, int most) {
    return Heading.cut(headings.get(headings.size() - 1).text(), most - 1);
  }

  private static int cost(List<Heading> headings, TokensOf tokensOf) {
    return headings.stream().mapToInt(tokensOf::tokens).sum()
        + SEPARATOR_TOKENS * (headings.size() - 1)
        + 1;
  }

  /** Headings, or parts of them, for which the path has no room. */
  enum Lost {
    NOTHING,
    OUTER,
    NEAREST
  }

  /** How many tokens a heading has. */
  interface TokensOf {
    int tokens(Heading heading);
  }
}
