package org.hippocamel.cases;

import org.bson.Document;
import org.hippocamel.memory.Solved;

/**
 * A case as it is shown.
 *
 * @param row the stored case without vectors
 * @param similarity of its problem: 0 for unrelated texts of the space, about 1 for the same
 * @param deviations of its cosine above what unrelated texts have; NaN where no vectors were
 *     compared
 * @param value how likely its solution is to go well, in (0, 1)
 * @param score what it is ranked by
 * @param share of the score in that of all examples of its kind, in (0, 1]
 */
public record Example(
    Document row, double similarity, double deviations, double value, double score, double share) {

  /** {@code _id} of the case. */
  public String key() {
    return row.getString("_id");
  }

  public Solved solved() {
    return Solved.from(row.get("case", Document.class));
  }

  public Evidence evidence() {
    return Judging.evidence(row);
  }

  Example sharing(double all) {
    return new Example(row, similarity, deviations, value, score, score / all);
  }
}
