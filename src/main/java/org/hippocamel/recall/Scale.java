package org.hippocamel.recall;

import org.hippocamel.spaces.Calibration;

/**
 * Makes a cosine and a BM25 score comparable, for one query.
 *
 * <p>A cosine becomes deviations above the space's mean. A BM25 score is divided by the query's
 * best and multiplied by what the query's words are worth: BM25 adds up the rarity of words, so a
 * query whose best match scores little consists of words that half the collection has, and there
 * words only shuffle what the vector got right. Up to {@code full} that worth grows with the square
 * of the best score; beyond it stays, else a question as long as a page would be words alone.
 *
 * @param calibration of the space
 * @param best the highest BM25 score of this query, 0 when no word matched
 * @param full the best score from which on words count in full
 */
record Scale(Calibration calibration, double best, double full) {
  /** Deviations above the mean of unrelated memories. */
  double cosine(double cosine) {
    return calibration.standardised(cosine);
  }

  /** In [0, full]. */
  double words(double score) {
    if (best <= 0) {
      return 0;
    }
    double share = Math.min(1, best / full);
    return full * share * share * score / best;
  }
}
