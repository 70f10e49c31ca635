package org.hippocamel.recall;

import java.util.List;
import java.util.Map;
import org.bson.Document;

/**
 * Ranked memories.
 *
 * @param hits best first, at most the limit
 * @param space id of the embedding space
 * @param mode how they were found
 * @param explain whether the reply shows the stages
 * @param queryTruncated whether vectors were compared with that of the query's beginning alone
 * @param degraded why words alone found them, where vectors were asked for too; null otherwise
 * @param next the cursor of the page that follows; null at the end
 */
public record SearchReply(
    List<Hit> hits,
    String space,
    Mode mode,
    boolean explain,
    boolean queryTruncated,
    String degraded,
    String next) {
  public SearchReply {
    hits = List.copyOf(hits);
  }

  /**
   * @param row the stored memory without vectors
   * @param rank its place in the whole order, from 1
   * @param score cosine in [-1, 1] (vector), BM25 (lexical), the fused score (hybrid): a weighted
   *     sum of calibrated scores, or of reciprocal ranks; what freshness adds is in it
   * @param relevance the weighted sum of the calibrated scores, whatever the mode; NaN when not
   *     both scores are known
   * @param freshness what is left of being new, in [0, 1]; NaN when it does not count
   * @param stages what each search says of it
   */
  public record Hit(
      Document row,
      int rank,
      double score,
      double relevance,
      double freshness,
      Map<Candidates.Stage, Standing> stages) {}

  /**
   * What one search says of a memory.
   *
   * @param rank 1 is best; 0 when that search did not bring it up and its score was asked for
   * @param score cosine or BM25
   * @param calibrated the part of it that is weighed and added up: deviations above the space's
   *     mean; BM25 by the worth of the query's words; or the reciprocal rank
   */
  public record Standing(int rank, double score, double calibrated) {}
}
