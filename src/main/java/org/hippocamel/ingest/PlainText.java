package org.hippocamel.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain text: one section, its blocks are the paragraphs between blank lines. */
final class PlainText {
  private static final Pattern BLANK_LINES =
      Pattern.compile("(?>\\r\\n|\\n|\\r)[ \\t]*[\\r\\n]\\s*");

  private PlainText() {}

  static Section parse(String title, String text) {
    Section root = Section.root(title == null ? null : Heading.title(title), text.length());
    Matcher gap = BLANK_LINES.matcher(text);
    int start = 0;
    while (gap.find()) {
      add(root, text, start, gap.end());
      start = gap.end();
    }
    add(root, text, start, text.length());
    return root;
  }

  private static void add(Section root, String text, int start, int end) {
    if (!text.substring(start, end).isBlank()) {
      root.blocks.add(new Block(start, end, false));
    }
  }
}
