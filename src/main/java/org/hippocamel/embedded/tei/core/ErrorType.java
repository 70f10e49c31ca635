package org.hippocamel.embedded.tei.core;

/** TEI's kinds of error with their status since 1.9.0. The enum is the table. */
public enum ErrorType {
  EMPTY("Empty", 400),
  VALIDATION("Validation", 422),
  TOKENIZER("Tokenizer", 422),
  OVERLOADED("Overloaded", 429),
  BACKEND("Backend", 424),
  UNHEALTHY("Unhealthy", 503);

  private final String wireName;
  private final int status;

  ErrorType(String wireName, int status) {
    this.wireName = wireName;
    this.status = status;
  }

  /** Capitalised, as TEI sends it (its own API page shows lower case and is wrong). */
  public String wireName() {
    return wireName;
  }

  public int status() {
    return status;
  }
}
