package org.hippocamel.recall;

import java.time.Instant;
import org.hippocamel.spaces.Calibration;
import org.hippocamel.spaces.Space;

/**
 * A search between two looks into the store. One round is enough when its lists prove the order of
 * what is wanted; else the next one takes longer lists.
 *
 * @param request what is asked
 * @param space where all of it is done, whichever becomes the active one meanwhile
 * @param asOf the moment from which ages are counted
 * @param calibration by which scores are standardised
 * @param pool candidates to take from each list
 * @param question the embedded query, once it is known
 * @param ranked what came of it; null while another round is needed
 */
public record Round(
    RecallRequest request,
    Space space,
    Instant asOf,
    Calibration calibration,
    int pool,
    Question question,
    Ranked ranked) {

  /** Whether the lists have to be fetched, for the first time or longer than before. */
  public boolean open() {
    return ranked == null;
  }

  /** Whether the query must be embedded before vectors can be compared with it. */
  public boolean asks() {
    return byVector() && !question.hasVector();
  }

  boolean byVector() {
    return (request.mode().vector() || request.threshold().byRelevance())
        && question.away() == null;
  }

  boolean byWords() {
    return request.mode().lexical() || request.threshold().byRelevance();
  }

  /** Whether every candidate needs both scores. */
  boolean byBoth() {
    return request.threshold().byRelevance()
        || request.mode() == Mode.HYBRID && !request.ranking().byRanks();
  }

  /**
   * Whether words alone may answer when the embedder is away: where both were asked for, a page
   * begins an order of its own, and no threshold wants to know what only the vector tells.
   */
  boolean wordsMayDo() {
    return request.mode() == Mode.HYBRID
        && request.threshold().none()
        && request.page().after() == null;
  }

  /** Whether the lists are as long as they may ever be, so that whatever they show is the order. */
  boolean last(int maxPool) {
    return request.ranking().pool() != null || request.ranking().byRanks() || pool >= maxPool;
  }

  /** The same search with longer lists. */
  Round wider(int candidates, Question embedded) {
    return new Round(request, space, asOf, calibration, candidates, embedded, null);
  }

  /** The same search with its outcome. */
  Round settled(Ranked outcome, Question embedded) {
    return new Round(request, space, asOf, calibration, pool, embedded, outcome);
  }
}
