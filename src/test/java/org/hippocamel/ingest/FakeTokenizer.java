package org.hippocamel.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hippocamel.embedding.Tokens;

/**
 * Tokens as a BERT tokenizer would make them, roughly: words in pieces of six letters, each
 * punctuation mark and each ideograph alone, two tokens with one end for what lies beyond the BMP.
 */
final class FakeTokenizer {
  private static final int PIECE = 6;

  private FakeTokenizer() {}

  static Tokens count(String text) {
    List<Integer> ends = new ArrayList<>();
    int piece = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      int next = at + Character.charCount(c);
      if (Character.isWhitespace(c)) {
        piece = 0;
      } else if (c >= 0x10000) {
        ends.add(next);
        ends.add(next);
        piece = 0;
      } else if (c >= 0x2E80 || !Character.isLetterOrDigit(c)) {
        ends.add(next);
        piece = 0;
      } else if (piece > 0 && piece % PIECE != 0) {
        ends.set(ends.size() - 1, next);
        piece++;
      } else {
        ends.add(next);
        piece++;
      }
      at = next;
    }
    return Tokens.ending(ends.stream().mapToInt(Integer::intValue).toArray());
  }

  static List<Tokens> count(List<String> texts) {
    return texts.stream().map(FakeTokenizer::count).toList();
  }

  /** "w0 w1 w2 ...": as many words as tokens. */
  static String words(int from, int count) {
    return String.join(" ", IntStream.range(from, from + count).mapToObj(i -> "w" + i).toList());
  }
}
