package org.hippocamel.cases;

import java.util.List;
import java.util.Map;
import org.hippocamel.embedding.Embedding;
import org.hippocamel.recall.SearchReply;
import org.hippocamel.spaces.Space;

/**
 * The candidates for one kind of example, and how far was looked for them.
 *
 * @param search the question
 * @param positive examples of what worked, or of what did not
 * @param question the embedded problem; empty where words alone are compared
 * @param space where all of it is done, whichever becomes the active one meanwhile
 * @param foreign tools that the agent cannot use
 * @param limit candidates asked for
 * @param found the candidates, or null before the first look
 * @param places their problems, as far as they have vectors
 * @param distinct how many of them are no near-duplicates of each other
 */
public record Shortlist(
    CaseSearch search,
    boolean positive,
    List<Embedding> question,
    Space space,
    List<String> foreign,
    int limit,
    SearchReply found,
    Map<String, Place> places,
    int distinct) {

  /** The problem as a point of the space. */
  Place problem() {
    return new Place(space.id(), question.get(0).orThrow());
  }

  /** How many examples are wanted. */
  int wanted() {
    return positive ? search.k() : search.negatives();
  }

  Shortlist with(SearchReply reply, Map<String, Place> where, int clusters) {
    return new Shortlist(search, positive, question, space, foreign, limit, reply, where, clusters);
  }

  Shortlist wider(int candidates) {
    return new Shortlist(
        search, positive, question, space, foreign, candidates, found, places, distinct);
  }
}
