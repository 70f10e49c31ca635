package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.embedding.Tokens;

/**
 * Splits records along their structure into passages that the embedder sees in full. Two steps,
 * because the tokens are counted elsewhere: {@link #units} says what to count, {@link #passages}
 * splits by the counts. Thread-safe, keeps nothing.
 */
public final class Splitter {
  /** A cut inside a word may cost a token more on either side than the count foresaw. */
  private static final int SLACK = 8;

  private static final int SMALLEST = 24;

  private final int limit;
  private final int overlap;

  /**
   * @param maxTokens tokens of a passage with the headings above it
   * @param overlapTokens tokens of whole sentences repeated from the passage before, 0 for none
   * @param modelLimit tokens that the model sees of a text: its longest input less the special
   *     tokens and the instruction
   */
  public Splitter(int maxTokens, int overlapTokens, int modelLimit) {
    this.limit = limit(maxTokens, modelLimit);
    this.overlap = overlapTokens;
    if (limit < SMALLEST) {
      throw new IllegalArgumentException(
          "passages of "
              + limit
              + " tokens are too small: at least "
              + SMALLEST
              + " (asked for "
              + maxTokens
              + ", the model takes "
              + modelLimit
              + " less "
              + SLACK
              + ")");
    }
    if (overlapTokens < 0 || overlapTokens > limit / 2) {
      throw new IllegalArgumentException(
          "an overlap of "
              + overlapTokens
              + " tokens is not within 0 and half a passage, "
              + limit / 2);
    }
  }

  /** The most that may be repeated: half a passage. */
  static int largestOverlap(int maxTokens, int modelLimit) {
    return limit(maxTokens, modelLimit) / 2;
  }

  private static int limit(int maxTokens, int modelLimit) {
    return Math.min(maxTokens, modelLimit - SLACK);
  }

  /** Texts whose tokens must be known, none blank; empty when the record surely fits. */
  List<String> units(SourceRecord record) {
    if (surelyFits(record)) {
      return List.of();
    }
    List<String> units = new ArrayList<>();
    if (titled(record)) {
      units.add(record.title());
    }
    for (int[] window : Windows.of(record.text())) {
      units.add(record.text().substring(window[0], window[1]));
    }
    return units;
  }

  /** The passages of a record, in its order; {@code tokens} are those of its units. */
  List<Passage> passages(SourceRecord record, List<Tokens> tokens) {
    String text = record.text();
    boolean counted = !surelyFits(record);
    List<int[]> windows = Windows.of(text);
    int titles = counted && titled(record) ? 1 : 0;
    if (counted && tokens.size() != windows.size() + titles) {
      throw new IllegalArgumentException(
          "tokens of " + tokens.size() + " texts for " + (windows.size() + titles) + " units");
    }
    Ruler ruler =
        counted
            ? Ruler.of(text, windows, tokens.subList(titles, tokens.size()))
            : Ruler.uncounted(text);
    HeadingPath.TokensOf headingTokens =
        heading ->
            heading.start() >= 0
                ? ruler.tokensBetweenMarks(heading.start(), heading.end())
                : counted ? tokens.get(0).count() : 0;
    Section root =
        record.format() == DocumentFormat.MARKDOWN
            ? MarkdownText.parse(text)
            : PlainText.parse(record.title(), text);
    return new Packer(text, ruler, headingTokens, limit, overlap).pack(root);
  }

  /** Whether the title stands beside the text: Markdown brings its headings with it. */
  private static boolean titled(SourceRecord record) {
    return record.title() != null && record.format() != DocumentFormat.MARKDOWN;
  }

  /** No tokenizer makes more tokens of an ASCII text than it has characters. */
  private boolean surelyFits(SourceRecord record) {
    String title = record.title() == null ? "" : record.title();
    return record.text().length() + title.length() < limit && ascii(record.text()) && ascii(title);
  }

  private static boolean ascii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
