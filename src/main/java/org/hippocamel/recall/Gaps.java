package org.hippocamel.recall;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hippocamel.recall.Candidates.Stage;

/**
 * The scores that are missing before two lists can be added up: of each list, what the other does
 * not have. With them a rank depends neither on the length of the lists nor on which search brought
 * a memory up.
 *
 * @param cosines ids of memories found by words alone
 * @param words ids of memories found by vector alone
 * @param question the embedded query
 */
public record Gaps(Set<String> cosines, Set<String> words, Question question) {
  private static final Gaps NONE = new Gaps(Set.of(), Set.of(), Question.NONE);

  /** Of the lists of a round; none where only one of the scores counts. */
  static Gaps of(Round round, Found found) {
    if (!round.byBoth()) {
      return NONE;
    }
    Set<String> near = found.ids(Stage.VECTOR);
    Set<String> worded = found.ids(Stage.LEXICAL);
    // Without a vector nothing can be compared with it; words that matched nothing give no score
    // to anything else either.
    return new Gaps(
        found.question().hasVector() ? minus(worded, near) : Set.of(),
        worded.isEmpty() ? Set.of() : minus(near, worded),
        found.question());
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  public boolean any() {
    return !cosines.isEmpty() || !words.isEmpty();
  }
}
