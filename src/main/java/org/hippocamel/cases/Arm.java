package org.hippocamel.cases;

import java.util.Locale;

/**
 * How a search is answered.
 *
 * @param ranking how cases are ordered
 * @param group why
 */
public record Arm(Ranking ranking, Group group) {

  /** Why a ranking was taken. */
  public enum Group {
    /** The settings' ranking, which uses learned values. */
    LEARNED,
    /** Similarity instead, to show what the learned values are worth. */
    HOLDOUT,
    /** The caller named it, or the settings use no learned values: it shows nothing. */
    CHOSEN;

    /** The stored form: {@code learned}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
