package org.hippocamel.cases;

/** What becomes of an entry that cannot be added to the log. */
public enum Leniency {
  /** It is refused, and all that came with it. */
  NONE,
  /** It is left out where its case is gone, and refused otherwise. */
  GONE,
  /** It is left out, and the others are added: the log keeps what it has. */
  ALL
}
