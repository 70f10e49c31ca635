package org.hippocamel.eval;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What was found for one query, best first, in the order that trec_eval gives it: by score as a
 * 32-bit float, ties by document id, the greater id first.
 *
 * @see <a href="https://github.com/usnistgov/trec_eval">trec_eval, form_res_rels.c</a>
 */
public record Ranking(List<String> documents) {
  public Ranking {
    documents = List.copyOf(documents);
  }

  /** A document and its score, the greater the better. */
  public record Scored(String document, double score) {}

  /** The ranking of scored documents, whatever order they come in. */
  public static Ranking of(Collection<Scored> scored) {
    return new Ranking(
        scored.stream()
            .sorted(
                Comparator.comparing((Scored one) -> (float) one.score())
                    .thenComparing(Scored::document)
                    .reversed())
            .map(Scored::document)
            .toList());
  }
}
