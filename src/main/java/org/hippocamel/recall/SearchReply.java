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
 */
public record SearchReply(
    List<Hit> hits, String space, Mode mode, boolean explain, boolean queryTruncated) {
  public SearchReply {
    hits = List.copyOf(hits);
  }

  /**
   * @param row the stored memory without vectors
   * @param score cosine in [-1, 1] (vector), BM25 (lexical), sum of reciprocal ranks (hybrid)
   * @param stages rank (from 1) and score in each search that found it
   */
  public record Hit(Document row, double score, Map<Candidates.Stage, Standing> stages) {}

  /**
   * @param rank 1 is best
   * @param score cosine or BM25
   */
  public record Standing(int rank, double score) {}
}
