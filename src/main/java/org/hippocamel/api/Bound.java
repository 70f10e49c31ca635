package org.hippocamel.api;

/**
 * A limit and the setting that changes it, both of which a refusal names.
 *
 * @param max the highest value or number of characters that is accepted
 * @param key {@code limits.max-limit}, or null when it is fixed
 */
public record Bound(int max, String key) {
  /** A limit that no setting changes. */
  public static Bound fixed(int max) {
    return new Bound(max, null);
  }

  /** {@code 200 (limits.max-limit)}. */
  @Override
  public String toString() {
    return key == null ? String.valueOf(max) : max + " (" + key + ")";
  }
}
