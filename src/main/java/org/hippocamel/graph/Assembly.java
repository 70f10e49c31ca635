package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.embedding.Tokens;

/**
 * Puts the chosen memories together and cuts them to the token budget, the last ones first: each is
 * whole, the one at the edge is cut behind a sentence or a word, the rest are dropped. The same
 * memories give the same text.
 */
public final class Assembly {
  /** A shorter beginning says nothing. */
  private static final int LEAST = 16;

  /** The blank line between two, and what a tokenizer may make of it. */
  private static final int BETWEEN = 2;

  /** The numbered memories that could fit: each word has a token at least. */
  public List<Citation> citations(ContextRequest request, List<Candidate> chosen) {
    List<Citation> citations = new ArrayList<>();
    int least = 0;
    for (Candidate candidate : chosen) {
      if (least > request.tokenBudget()) {
        break;
      }
      Citation citation = Citation.of(citations.size() + 1, candidate);
      citations.add(citation);
      least += words(citation.block(), request.tokenBudget());
    }
    return citations;
  }

  private static int words(String text, int most) {
    int words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length() && words <= most; i++) {
      boolean letter = Character.isLetterOrDigit(text.charAt(i));
      words += letter && !inside ? 1 : 0;
      inside = !Character.isWhitespace(text.charAt(i)) && (inside || letter);
    }
    return words;
  }

  /** What is to be counted. */
  public List<String> blocks(List<Citation> citations) {
    return citations.stream().map(Citation::block).toList();
  }

  /** The citations that fit, by the served model's own count. */
  public Cited counted(
      ContextRequest request,
      List<Candidate> chosen,
      List<Citation> citations,
      List<Tokens> tokens) {
    List<Citation> fitting = fitting(citations, tokens, request.tokenBudget());
    return new Cited(fitting, chosen.size() - fitting.size(), true);
  }

  /** The citations that fit when nobody can count: by an estimate that is rather too high. */
  public Cited estimated(ContextRequest request, List<Candidate> chosen, List<Citation> citations) {
    List<Tokens> tokens = blocks(citations).stream().map(TokenEstimate::of).toList();
    List<Citation> fitting = fitting(citations, tokens, request.tokenBudget());
    return new Cited(fitting, chosen.size() - fitting.size(), false);
  }

  private static List<Citation> fitting(List<Citation> citations, List<Tokens> tokens, int budget) {
    List<Citation> fitting = new ArrayList<>();
    int left = budget;
    for (int i = 0; i < citations.size(); i++) {
      int between = fitting.isEmpty() ? 0 : BETWEEN;
      int own = tokens.get(i).count() + between;
      if (own > left) {
        Citation cut = cut(citations.get(i), tokens.get(i), left - between);
        if (cut != null) {
          fitting.add(cut.counted(cut.tokens() + between));
        }
        return fitting;
      }
      fitting.add(citations.get(i).counted(own));
      left -= own;
    }
    return fitting;
  }

  private static Citation cut(Citation citation, Tokens tokens, int room) {
    int start = citation.label().length() + 1;
    int inLabel = 0;
    while (inLabel < tokens.count() && tokens.ends()[inLabel] < start) {
      inLabel++;
    }
    if (room - inLabel < LEAST) {
      return null;
    }
    String block = citation.block();
    int end = edge(block, start, tokens.ends()[room - 1]);
    int kept = 0;
    while (kept < tokens.count() && tokens.ends()[kept] <= end) {
      kept++;
    }
    return citation.cutTo(block.substring(start, end).stripTrailing(), kept);
  }

  /** Behind the last sentence in the second half of what fits, else behind the last word. */
  private static int edge(String text, int start, int end) {
    int half = start + (end - start) / 2;
    for (int i = end; i > half; i--) {
      char before = text.charAt(i - 1);
      boolean closed = i == text.length() || Character.isWhitespace(text.charAt(i));
      if (before == '\n' || closed && (before == '.' || before == '!' || before == '?')) {
        return i;
      }
    }
    for (int i = end; i > half; i--) {
      if (i < text.length() && Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
  }
}
