package org.hippocamel.cases;

import java.util.Locale;

/** How cases that were found are ordered. */
public enum Ranking {
  /** By likeness of the problem alone. */
  SIMILARITY,
  /** By likeness times what is known of the case. */
  VALUE,
  /** By likeness times what is known of the case at problems like this one. */
  KERNEL;

  /** The public form: {@code kernel}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The ranking of a word that is one. */
  public static Ranking of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
