package org.hippocamel.recall;

/**
 * How memories are found and put in order.
 *
 * @param mode which searches bring them up
 * @param fusing how the lists of mode hybrid become one
 * @param freshness what recent memories gain; null for nothing
 * @param pool candidates taken from each list, and no more; null for as many as the order needs
 */
public record Ranking(Mode mode, Fusing fusing, Freshness freshness, Integer pool) {
  public Ranking {
    if (freshness != null && mode == Mode.HYBRID && fusing.rule() == Fusing.Rule.RRF) {
      throw new IllegalArgumentException("reciprocal ranks have no unit that freshness could have");
    }
    if (pool != null && pool < 1) {
      throw new IllegalArgumentException("a list has at least one candidate");
    }
  }

  /** By nothing but how near a memory is. */
  public static Ranking of(Mode mode, Fusing fusing) {
    return new Ranking(mode, fusing, null, null);
  }

  /** Whether reciprocal ranks are added: they depend on how long the lists are. */
  boolean byRanks() {
    return mode == Mode.HYBRID && fusing.rule() == Fusing.Rule.RRF;
  }
}
