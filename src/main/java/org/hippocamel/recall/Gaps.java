package org.hippocamel.recall;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hippocamel.embedding.Embedding;
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
public record Gaps(Set<String> cosines, Set<String> words, List<Embedding> question) {

  /** Of the lists of a request; none unless calibrated scores of two lists are added. */
  static Gaps of(RecallRequest request, Collection<Candidates> lists) {
    if (request.mode() != Mode.HYBRID || request.fusing().rule() != Fusing.Rule.SCORE) {
      return new Gaps(Set.of(), Set.of(), List.of());
    }
    Set<String> near = ids(lists, Stage.VECTOR);
    Set<String> worded = ids(lists, Stage.LEXICAL);
    // Words that matched nothing give no score to anything else either.
    Set<String> unworded = worded.isEmpty() ? Set.of() : minus(near, worded);
    return new Gaps(
        minus(worded, near),
        unworded,
        lists.stream().flatMap(list -> list.question().stream()).toList());
  }

  private static Set<String> ids(Collection<Candidates> lists, Stage stage) {
    return lists.stream()
        .filter(list -> list.stage() == stage)
        .flatMap(list -> list.rows().stream())
        .map(row -> row.getString("_id"))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> minus(Set<String> all, Set<String> some) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  public boolean any() {
    return inCosines() || inWords();
  }

  public boolean inCosines() {
    return !cosines.isEmpty();
  }

  public boolean inWords() {
    return !words.isEmpty();
  }
}
