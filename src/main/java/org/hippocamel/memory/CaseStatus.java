package org.hippocamel.memory;

import java.util.Locale;

/** What is known of a case's solution; derived from its outcomes, never written by a caller. */
public enum CaseStatus {
  /** Nobody has said yet whether it worked. */
  PENDING,
  /** It worked: a positive example. */
  SUCCESS,
  /** It did not work: a negative example. */
  FAILURE,
  /** It worked once and keeps losing where it is shown: no example until it wins again. */
  QUARANTINED,
  /** Its history is part of a near-duplicate's, which is shown instead. */
  MERGED;

  /** The stored and public form: {@code success}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a word that is one. */
  public static CaseStatus of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
