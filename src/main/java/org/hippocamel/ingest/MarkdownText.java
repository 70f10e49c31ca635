package org.hippocamel.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Markdown: a tree of sections under their headings. Blocks follow each other without a gap, so
 * that whatever the parser makes of a text, all of it stands in some block or heading. Thread-safe.
 */
final class MarkdownText {
  private static final Parser INLINES = Parser.builder().build();

  // What stands within a line matters only in headings. Parsing it everywhere costs time, and for
  // some texts ("<a <a <a ...") the square of their length.
  private static final Parser BLOCKS =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .inlineParserFactory(
              context -> (lines, node) -> node.appendChild(new Text(lines.getContent())))
          .build();

  private static final int LONGEST_PARSED_HEADING = 500;

  private final String text;
  private final Deque<Section> open = new ArrayDeque<>();

  private MarkdownText(String text) {
    this.text = text;
  }

  /** The first heading of level 1, or null. */
  static String title(String text) {
    for (Node node = document(text).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof org.commonmark.node.Heading heading && heading.getLevel() == 1) {
        String title = Heading.of(words(heading), 0, 0).text();
        if (!title.isEmpty()) {
          return title;
        }
      }
    }
    return null;
  }

  static Section parse(String text) {
    return new MarkdownText(text).read();
  }

  private static Node document(String text) {
    return BLOCKS.parse(masked(text));
  }

  /** Front matter would read as a rule and a heading: blanked, every character keeps its place. */
  private static String masked(String text) {
    int end = frontMatterEnd(text);
    return end == 0 ? text : text.substring(0, end).replaceAll("[^\\n]", " ") + text.substring(end);
  }

  /** The end of a leading block between two lines {@code ---}, 0 without one. */
  private static int frontMatterEnd(String text) {
    if (!line(text, 0).equals("---")) {
      return 0;
    }
    for (int at = text.indexOf('\n') + 1;
        at > 0 && at < text.length();
        at = text.indexOf('\n', at) + 1) {
      String line = line(text, at);
      if (line.equals("---") || line.equals("...")) {
        return at + line.length();
      }
    }
    return 0;
  }

  private static String line(String text, int start) {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).stripTrailing();
  }

  private Section read() {
    Section root = Section.root(null, text.length());
    open.push(root);
    List<Node> nodes = nodes();
    int first = nodes.isEmpty() ? text.length() : start(nodes.get(0));
    block(0, first, true);
    for (int i = 0; i < nodes.size(); i++) {
      int end = i + 1 < nodes.size() ? start(nodes.get(i + 1)) : text.length();
      Node node = nodes.get(i);
      if (node instanceof org.commonmark.node.Heading heading) {
        heading(heading, start(node), end);
      } else {
        block(start(node), end, verbatim(node));
      }
    }
    while (!open.isEmpty()) {
      open.pop().end = text.length();
    }
    return root;
  }

  /** Top-level nodes with a place in the text; of lists the items. */
  private List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (Node node = document(text).getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof ListBlock) {
        for (Node item = node.getFirstChild(); item != null; item = item.getNext()) {
          nodes.add(item);
        }
      } else {
        nodes.add(node);
      }
    }
    nodes.removeIf(node -> node.getSourceSpans().isEmpty());
    return nodes;
  }

  private void heading(org.commonmark.node.Heading node, int start, int end) {
    while (open.peek().level >= node.getLevel()) {
      open.pop().end = start;
    }
    Heading heading = Heading.of(words(node), start, end);
    if (heading.text().isEmpty()) {
      block(start, end, true);
      return;
    }
    open.push(open.peek().child(node.getLevel(), heading, end));
  }

  private void block(int start, int end, boolean verbatim) {
    if (start < end && !text.substring(start, end).isBlank()) {
      open.peek().blocks.add(new Block(start, end, verbatim));
    }
  }

  private boolean verbatim(Node node) {
    boolean prose =
        node instanceof Paragraph
            || node instanceof BlockQuote
            || node instanceof org.commonmark.node.ListItem;
    return !prose || isTable(start(node));
  }

  /** A line with a bar above a line of dashes; the parser itself takes tables for paragraphs. */
  private boolean isTable(int start) {
    int second = text.indexOf('\n', start) + 1;
    String rule = second == 0 ? "" : line(text, second);
    return text.substring(start, Math.max(start, second)).indexOf('|') >= 0
        && rule.indexOf('-') >= 0
        && rule.chars().allMatch(c -> "|:- \t".indexOf(c) >= 0);
  }

  private static int start(Node node) {
    SourceSpan span = node.getSourceSpans().get(0);
    return span.getInputIndex() - span.getColumnIndex();
  }

  /** A heading without its markup. */
  private static String words(Node heading) {
    String raw = ((Text) heading.getFirstChild()).getLiteral().replace('\n', ' ');
    if (raw.length() > LONGEST_PARSED_HEADING) {
      return raw;
    }
    StringBuilder words = new StringBuilder();
    INLINES
        .parse("# " + raw)
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(Text part) {
                words.append(part.getLiteral());
              }

              @Override
              public void visit(Code part) {
                words.append(part.getLiteral());
              }
            });
    return words.toString();
  }
}
