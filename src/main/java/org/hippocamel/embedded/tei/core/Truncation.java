package org.hippocamel.embedded.tei.core;

/** What to do with a text of too many tokens: refuse it, or cut it on one side. */
public enum Truncation {
  NONE,
  /** Keeps the end of the text. */
  LEFT,
  /** Keeps the beginning of the text. */
  RIGHT
}
