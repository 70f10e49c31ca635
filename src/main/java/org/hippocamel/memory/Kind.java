package org.hippocamel.memory;

import java.util.Locale;

/** What a memory is: something an agent did or said, a piece of a document, or a solved problem. */
public enum Kind {
  INTERACTION,
  PASSAGE,
  CASE;

  /** The stored and public form: {@code interaction}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
