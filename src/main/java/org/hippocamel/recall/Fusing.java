package org.hippocamel.recall;

import java.util.Locale;

/**
 * How two lists become one.
 *
 * @param rule what is added up
 * @param lexicalWeight share of the words in a fused score, in [0, 1]; only for {@link Rule#SCORE}
 */
public record Fusing(Rule rule, double lexicalWeight) {
  public Fusing {
    if (!(lexicalWeight >= 0 && lexicalWeight <= 1)) {
      throw new IllegalArgumentException("a weight lies between 0 and 1");
    }
  }

  /** What is added up. */
  public enum Rule {
    /** Calibrated scores, by weight; every candidate has both. */
    SCORE,
    /** Reciprocal ranks, 1 / (k + rank), of the lists that a candidate is in. */
    RRF;

    /** The public form: {@code rrf}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The rule of a word that is one. */
    public static Rule of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
