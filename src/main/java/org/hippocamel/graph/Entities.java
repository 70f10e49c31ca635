package org.hippocamel.graph;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * Finds what a text is about without a model: terms of a dictionary, codes, addresses, identifiers,
 * quoted and capitalised terms. The same text gives the same entities, in the same order.
 * Thread-safe.
 */
public final class Entities {
  /** Longer ones are sentences or data, and nobody else has them. */
  private static final int LONGEST = 100;

  private final Terms terms;
  private final int most;

  /**
   * @param most entities of one text; the most telling kinds first
   */
  public Entities(Terms terms, int most) {
    this.terms = terms;
    this.most = most;
  }

  /** The entities of a text: codes before addresses before names, each kind as it is met. */
  public List<String> of(String text) {
    return new EntityScan(text, terms).found(most);
  }

  /** The form in which entities are compared: small letters, one blank between words, NFKC. */
  static String normalised(String term) {
    String text = ascii(term) ? term : Normalizer.normalize(term, Normalizer.Form.NFKC);
    StringBuilder normal = new StringBuilder(text.length());
    boolean blank = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        blank = normal.length() > 0;
      } else {
        normal.append(blank ? " " : "").append(c);
        blank = false;
      }
    }
    return normal.toString().toLowerCase(Locale.ROOT);
  }

  private static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** Whether a normalised term is neither too short to mean anything nor too long to be one. */
  static boolean fits(String value) {
    return value.length() > 1 && value.length() <= LONGEST;
  }
}
