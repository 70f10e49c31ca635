package org.hippocamel.cases;

import java.util.Locale;

/** What an entry of the log says of its case. */
public enum Part {
  /** Somebody tried the solution and says how it went. */
  VERDICT,
  /** The case was shown as an example in a run that went so. */
  CREDIT,
  /** It was shown as a warning in such a run, which says nothing about its solution. */
  WARNING;

  /** The stored and public form: {@code verdict}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The part of a word that is one. */
  public static Part of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
