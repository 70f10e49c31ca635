package org.hippocamel.recall;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hippocamel.recall.Candidates.Stage;

/** What all searches of a round found. */
public record Found(List<Candidates> lists) {
  public Found {
    lists = List.copyOf(lists);
  }

  /** Nothing was asked for. */
  static Found nothing() {
    return new Found(List.of());
  }

  Optional<Candidates> by(Stage stage) {
    return lists.stream().filter(list -> list.stage() == stage).findFirst();
  }

  /** Ids of what a search found, best first. */
  Set<String> ids(Stage stage) {
    Set<String> ids = new LinkedHashSet<>();
    by(stage).stream()
        .map(Candidates::rows)
        .flatMap(Collection::stream)
        .forEach(row -> ids.add(row.getString("_id")));
    return ids;
  }

  /** The embedded query that the search by vector was made with. */
  Question question() {
    return by(Stage.VECTOR).map(Candidates::question).orElse(Question.NONE);
  }
}
