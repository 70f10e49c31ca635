package org.hippocamel.memory;

import java.util.Optional;

/**
 * What an id, an agent or a session may be called: blanks at the ends are dropped, control
 * characters refused, anything else goes. Length is bounded by {@code limits.max-id-chars}.
 */
public final class Ids {
  private Ids() {}

  /** Why an id is refused, or empty: {@code must not contain control characters ...}. */
  public static Optional<String> fault(String id) {
    String stripped = id.strip();
    for (int i = 0; i < stripped.length(); i++) {
      if (Character.isISOControl(stripped.charAt(i))) {
        return Optional.of("must not contain control characters, has one at character " + i);
      }
    }
    return Optional.empty();
  }
}
