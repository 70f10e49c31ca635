package org.hippocamel.ingest;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sentence starts of a text. The JDK's iterator breaks after every full stop before a capital; the
 * cheap half of what it gets wrong (abbreviations, numbering, URLs) is joined again here.
 */
final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g.", "i.e.", "cf.", "vs.", "approx.", "no.", "nr.", "fig.", "dr.", "mr.", "mrs.",
          "ms.", "prof.", "st.", "jr.", "inc.", "ltd.", "co.", "u.s.", "z.b.", "d.h.", "bzw.");
  private static final Pattern NUMBERING_OR_INITIAL = Pattern.compile("\\d{1,3}[.)]|\\p{Lu}\\.");
  private static final Pattern LIST_MARKER =
      Pattern.compile("\\n(?=[ \\t]*([-*+]|\\d{1,9}[.)])\\s)");

  private Sentences() {}

  /** Starts in {@code [from, to)}, the first is {@code from}; indexes into the whole text. */
  static List<Integer> starts(String text, int from, int to) {
    String part = text.substring(from, to);
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
    sentences.setText(part);
    List<Integer> starts = new ArrayList<>();
    starts.add(from);
    for (int at = sentences.next();
        at != BreakIterator.DONE && at < part.length();
        at = sentences.next()) {
      if (!joined(part, starts.get(starts.size() - 1) - from, at)) {
        starts.add(from + at);
      }
    }
    LIST_MARKER.matcher(part).results().forEach(m -> starts.add(from + m.end()));
    return starts.stream().sorted().distinct().toList();
  }

  private static boolean joined(String part, int start, int at) {
    char before = part.charAt(at - 1);
    if (!Character.isWhitespace(before)) {
      return before < 0x2E80; // scripts above write sentences without spaces
    }
    String sentence = part.substring(Math.max(start, at - 24), at).stripTrailing();
    String last = sentence.substring(lastBlank(sentence) + 1);
    return ABBREVIATIONS.contains(last.toLowerCase(Locale.ROOT).replaceFirst("^\\p{Ps}", ""))
        || NUMBERING_OR_INITIAL.matcher(last).matches();
  }

  private static int lastBlank(String text) {
    int at = text.length() - 1;
    while (at >= 0 && !Character.isWhitespace(text.charAt(at))) {
      at--;
    }
    return at;
  }
}
