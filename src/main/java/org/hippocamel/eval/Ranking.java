package org.hippocamel.eval;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What was found for one query, best first, in the order that trec_eval gives it: by score, ties by
 * document id, the greater id first, compared byte by byte ({@code comp_sim_docno} in its {@code
 * form_res_rels.c}); ranks as the service gave them do not count. Scores are 32-bit floats, as in
 * the releases that other tools are built on; its newest source has 64 bits (issue 34).
 *
 * @see <a href="https://github.com/usnistgov/trec_eval">trec_eval</a>
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
                    .thenComparing(one -> one.document().getBytes(UTF_8), Arrays::compareUnsigned)
                    .reversed())
            .map(Scored::document)
            .toList());
  }
}
