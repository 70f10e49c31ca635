package org.hippocamel.spaces;

import java.util.Locale;

/**
 * How far a space is. Which of those that are ready is the active one stands elsewhere, in one row
 * of its own, so that one write can change it.
 */
public enum SpaceState {
  /** Some memories have no vector in it yet; new ones get theirs. */
  BUILDING,
  /** Every memory has a vector in it: it can be searched. */
  READY,
  /** Its vectors and its index are gone, or going. */
  RETIRED;

  /** The word that is stored and shown. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Of a stored word; an earlier version wrote {@code active} for the only space there was. */
  static SpaceState of(String word) {
    return "active".equals(word) ? READY : valueOf(word.toUpperCase(Locale.ROOT));
  }
}
