package org.hippocamel.graph;

import java.util.ArrayList;
import java.util.List;
import org.hippocamel.graph.EntityScan.Rank;

/**
 * Names by their capitals: several words in a row, or one that does not begin a sentence. Where
 * capitals are common (German nouns, headings) one alone says nothing, and where everything is in
 * capitals none does.
 */
final class CapitalRuns {
  private static final int LONGEST_NAME = 5;
  private static final int ENOUGH = 5;
  private static final double COMMON = 0.2;
  private static final double SHOUTED = 0.3;

  private final EntityScan scan;
  private final List<String> run = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> singles = new ArrayList<>();
  private final List<String> acronyms = new ArrayList<>();
  private boolean initial = true;
  private boolean runInitial;
  private int words;
  private int capitals;
  private int shouted;

  CapitalRuns(EntityScan scan) {
    this.scan = scan;
  }

  /** Between two words. */
  void gap(boolean broken, boolean sentence) {
    if (broken || sentence) {
      close();
    }
    initial |= sentence;
  }

  void word(String text, int from, int to, Shape shape) {
    if (!Chars.letter(text.charAt(from))) {
      close();
      initial = false;
      return;
    }
    words++;
    boolean named = shape == Shape.CAPITAL || shape == Shape.ACRONYM || shape == Shape.CAMEL;
    if (!named) {
      close();
    } else {
      capitals += initial ? 0 : 1;
      shouted += shape == Shape.ACRONYM ? 1 : 0;
      if (run.isEmpty()) {
        runInitial = initial;
      }
      run.add(text.substring(from, possessive(text, from, to)));
      if (shape == Shape.ACRONYM && to - from > 2) {
        acronyms.add(text.substring(from, to));
      }
    }
    initial = false;
  }

  private static int possessive(String text, int from, int to) {
    boolean owner =
        to - from > 2
            && text.charAt(to - 1) == 's'
            && (text.charAt(to - 2) == '\'' || text.charAt(to - 2) == '\u2019');
    return owner ? to - 2 : to;
  }

  /** A name ends. One that begins a sentence may begin with an ordinary word: both forms count. */
  private void close() {
    if (run.isEmpty()) {
      return;
    }
    int from = 0;
    int to = run.size();
    while (from < to && scan.never(run.get(from))) {
      from++;
    }
    while (to > from && scan.never(run.get(to - 1))) {
      to--;
    }
    boolean stripped = from > 0;
    note(run.subList(from, to), runInitial && !stripped);
    run.clear();
  }

  private void note(List<String> name, boolean beginsSentence) {
    if (name.size() > LONGEST_NAME || name.isEmpty()) {
      return;
    }
    if (name.size() > 1) {
      names.add(String.join(" ", name));
      if (beginsSentence) {
        note(name.subList(1, name.size()), false);
      }
    } else if (!beginsSentence && name.get(0).length() > 2) {
      singles.add(name.get(0));
    }
  }

  /** The text ends: now it is known how common capitals are in it. */
  void end() {
    close();
    if (shouted >= ENOUGH && shouted > SHOUTED * words) {
      return;
    }
    names.forEach(name -> scan.add(Rank.PHRASE, name));
    acronyms.forEach(word -> scan.add(Rank.ACRONYM, word));
    if (capitals < ENOUGH || capitals <= COMMON * words) {
      singles.forEach(word -> scan.add(Rank.CAPITAL, word));
    }
  }
}
