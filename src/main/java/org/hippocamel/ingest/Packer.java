package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Fills passages with the blocks of one record, section by section. Every passage is one stretch of
 * the record's text; the next one begins where it ends, or a few sentences earlier (overlap).
 */
final class Packer {
  /** Unknown words count as one token however long they are; this keeps passages readable. */
  private static final int CHARS_PER_TOKEN = 20;

  private final String text;
  private final Ruler ruler;
  private final HeadingPath.TokensOf headingTokens;
  private final int limit;
  private final int overlap;
  private final List<Passage> passages = new ArrayList<>();

  // the passage being filled: [start, end) of the text, empty while start is -1
  private String heading;
  private int budget;
  private int start = -1;
  private int end;
  private final List<Integer> sentences = new ArrayList<>(); // starts since the last verbatim block

  Packer(String text, Ruler ruler, HeadingPath.TokensOf headingTokens, int limit, int overlap) {
    this.text = text;
    this.ruler = ruler;
    this.headingTokens = headingTokens;
    this.limit = limit;
    this.overlap = overlap;
  }

  List<Passage> pack(Section root) {
    section(root, null);
    return passages;
  }

  private void section(Section section, Section parent) {
    if (section.level > 0 && aloneInItsHeading(section)) {
      enter(parent);
      body(headingOf(section));
      flush();
    }
    HeadingPath path = enter(section);
    boolean cut = section.level > 0 && path.lost() == HeadingPath.Lost.NEAREST;
    int first = cut ? section.heading.start() : section.bodyStart;
    // a short section stays together with what is below it; a mere title of others does not
    if (section.level > 1 && !section.blocks.isEmpty() && fits(first, section.end)) {
      start = first;
      end = section.end;
    } else {
      if (cut && !section.blocks.isEmpty()) {
        body(headingOf(section)); // what the path has no room for stands in the text
      }
      section.blocks.forEach(this::body);
      flush();
      section.children.forEach(child -> section(child, section));
    }
    flush();
  }

  /** Whether nobody else says what the heading says: nothing is under it or has room for it. */
  private boolean aloneInItsHeading(Section section) {
    return section.blocks.isEmpty()
        && section.children.stream()
            .allMatch(child -> path(child).lost() != HeadingPath.Lost.NOTHING);
  }

  private static Block headingOf(Section section) {
    return new Block(section.heading.start(), section.heading.end(), false);
  }

  private HeadingPath path(Section section) {
    return HeadingPath.of(section.path, headingTokens, limit / 4);
  }

  private HeadingPath enter(Section section) {
    HeadingPath path = path(section);
    heading = path.text();
    budget = limit - path.tokens();
    sentences.clear();
    return path;
  }

  private void body(Block block) {
    if (start >= 0 && fits(start, block.end())) {
      end = block.end();
    } else if (fits(block.start(), block.end())) {
      next(block.start(), block.end());
    } else {
      if (block.verbatim()) {
        flush(); // a long listing or table begins a passage of its own
      }
      parts(block);
    }
    remember(block);
  }

  private void parts(Block block) {
    List<Integer> starts = block.parts(text);
    for (int i = 0; i < starts.size(); i++) {
      part(starts.get(i), i + 1 < starts.size() ? starts.get(i + 1) : block.end());
      if (!block.verbatim()) {
        sentences.add(starts.get(i));
      }
    }
  }

  private void part(int from, int to) {
    if (start >= 0 && fits(start, to)) {
      end = to;
    } else if (fits(from, to)) {
      next(from, to);
    } else {
      flush();
      for (int at = from; at < to; ) {
        flush();
        start = at;
        end = fits(at, to) ? to : ruler.cut(at, to, budget, budget * CHARS_PER_TOKEN);
        at = end;
      }
    }
  }

  /** Closes the passage and begins the next with the last sentences of this one. */
  private void next(int from, int to) {
    int begin = from;
    for (int i = sentences.size() - 1; start >= 0 && i >= 0; i--) {
      int candidate = sentences.get(i);
      boolean taken =
          candidate > start && ruler.tokens(candidate, from) <= overlap && fits(candidate, to);
      if (!taken) {
        break;
      }
      begin = candidate;
    }
    flush();
    start = begin;
    end = to;
  }

  /** Keeps the sentence starts for the overlap, which never reaches into code or tables. */
  private void remember(Block block) {
    if (block.verbatim()) {
      sentences.clear();
    } else if (sentences.isEmpty() || sentences.get(sentences.size() - 1) < block.start()) {
      sentences.addAll(block.parts(text));
    }
  }

  private boolean fits(int from, int to) {
    return to - from <= limit * CHARS_PER_TOKEN && ruler.tokens(from, to) <= budget;
  }

  private void flush() {
    if (start >= 0) {
      String passage = trimmed(start, end);
      if (!passage.isEmpty()) {
        passages.add(new Passage(heading, passage));
      }
    }
    start = -1;
  }

  /** Without blanks around it, but with the indentation of its first line, which code needs. */
  private String trimmed(int from, int to) {
    int first = from;
    while (first < to && Character.isWhitespace(text.charAt(first))) {
      first++;
    }
    int line = first;
    while (line > from && text.charAt(line - 1) != '\n') {
      line--;
    }
    boolean indented = line == 0 || text.charAt(line - 1) == '\n';
    return text.substring(indented ? line : first, to).stripTrailing();
  }
}
