package org.hippocamel.recall;

import java.util.Locale;

/** How memories are found: by meaning, by words, or by both fused. */
public enum Mode {
  VECTOR,
  LEXICAL,
  HYBRID;

  /** The public form: {@code hybrid}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether vectors are compared, and the query must be embedded. */
  public boolean vector() {
    return this != LEXICAL;
  }

  /** Whether words are compared. */
  public boolean lexical() {
    return this != VECTOR;
  }
}
