package org.hippocamel.recall;

import java.util.List;
import org.hippocamel.config.Settings;

/**
 * Puts the candidates of a round in order and says whether that order stands. It does for every
 * candidate that scores no less than what the lists do not show can have ({@link Ceiling}): more of
 * them change nothing about it. So the order is that of the longest lists, and with it the pages of
 * an answer, whatever the lengths that they were made with.
 */
public final class Fusion {
  /** Lists grow by this factor: a second round should be the last one. */
  private static final int GROWTH = 4;

  private final Settings.Recall settings;

  public Fusion(Settings.Recall settings) {
    this.settings = settings;
  }

  /**
   * The round with its outcome, or the next one with longer lists.
   *
   * @param found what the searches brought up
   * @param completed the scores that were missing, as {@link Gaps} said
   */
  public Round round(Round round, Found found, Found completed) {
    Scoring scoring = new Scoring(round, found, settings);
    List<Scored> order = scoring.inOrder(completed);
    Page page = round.request().page();
    int from = page.after() == null ? 0 : behind(page.after(), round, order);
    int to = Math.min(order.size(), from + page.limit());
    Question question = found.question();
    if (round.last(settings.maxPool()) || stands(round, scoring.ceiling(), order, to - from, to)) {
      return round.settled(new Ranked(order.subList(from, to), to < order.size()), question);
    }
    return round.wider(Math.min(settings.maxPool(), GROWTH * round.pool()), question);
  }

  /** A full page of which nothing else can be part, or all that can be. */
  private static boolean stands(
      Round round, Ceiling ceiling, List<Scored> order, int results, int to) {
    RecallRequest request = round.request();
    boolean full = results == request.limit() && to < order.size();
    return ceiling.below(request.threshold())
        || full && order.get(to - 1).score() >= ceiling.score();
  }

  /** Where the order goes on: behind the last result, or, when that is gone, behind its score. */
  private static int behind(Cursor after, Round round, List<Scored> order) {
    String last = round.request().scope().key(after.id());
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i).id().equals(last)) {
        return i + 1;
      }
    }
    int place = 0;
    while (place < order.size() && order.get(place).score() >= after.score()) {
      place++;
    }
    return place;
  }
}
