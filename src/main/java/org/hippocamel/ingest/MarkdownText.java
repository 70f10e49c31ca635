package org.hippocamel.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * Markdown: a tree of sections under their headings. Blocks follow each other without a gap, so
 * that whatever the parser makes of a text, all of it stands in some block or heading. Thread-safe.
 */
final class MarkdownText {
  private static final Parser PARSER =
      Parser.builder().includeSourceSpans(IncludeSourceSpans.BLOCKS).build();
  private static final Pattern FRONT_MATTER =
      Pattern.compile(
          "\\A---[ \\t]*\\n(?:(?!---|\\.\\.\\.).*\\n)*(?:---|\\.\\.\\.)[ \\t]*(?:\\n|\\z)");
  private static final Pattern TABLE =
      Pattern.compile(
          "\\A[^\\n]*\\|[^\\n]*\\n[ \\t]*\\|?[ \\t]*:?-+:?[ \\t]*(\\|[ \\t]*:?-*:?[ \\t]*)*(\\n|\\z)");

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
    return PARSER.parse(masked(text));
  }

  /** Front matter would read as a rule and a heading: blanked, every character keeps its place. */
  private static String masked(String text) {
    Matcher front = FRONT_MATTER.matcher(text);
    return front.find()
        ? front.group().replaceAll("[^\\n]", " ") + text.substring(front.end())
        : text;
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
    return !prose || TABLE.matcher(text).region(start(node), text.length()).lookingAt();
  }

  private static int start(Node node) {
    SourceSpan span = node.getSourceSpans().get(0);
    return span.getInputIndex() - span.getColumnIndex();
  }

  private static String words(Node node) {
    StringBuilder words = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            words.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            words.append(part.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak part) {
            words.append(' ');
          }

          @Override
          public void visit(HardLineBreak part) {
            words.append(' ');
          }
        });
    return words.toString();
  }
}
