package org.hippocamel.memory;

import java.util.Optional;
import org.hippocamel.problem.Quoted;

/** What a metadata field may be called: a dot or a dollar would mean something else in a query. */
final class MetadataNames {
  private static final int LONGEST = 100;

  private MetadataNames() {}

  /** Why the name is refused, or empty. */
  static Optional<String> fault(String name) {
    String what = "metadata field name " + Quoted.of(name);
    if (name.isEmpty()) {
      return Optional.of("a metadata field name must not be empty");
    }
    if (name.length() > LONGEST) {
      return Optional.of(what + " has " + name.length() + " characters, the limit is " + LONGEST);
    }
    if (name.startsWith("$")) {
      return Optional.of(what + " must not start with \"$\"");
    }
    if (name.indexOf('.') >= 0) {
      return Optional.of(what + " must not contain \".\"; metadata is flat");
    }
    if (name.chars().anyMatch(Character::isISOControl) || Quoted.brokenSurrogate(name) >= 0) {
      return Optional.of(what + " must not contain control characters or broken Unicode");
    }
    return Optional.empty();
  }
}
