package org.hippocamel.memory;

import java.util.List;
import java.util.Map;

/** Drafts that tests of this package share. */
final class Drafts {
  private Drafts() {}

  static Draft said(String text) {
    return new Draft(
        Kind.INTERACTION, null, "agent", null, text, Map.of(), null, null, List.of(), null);
  }

  static Draft said(String id, String text, Map<String, Object> metadata) {
    return new Draft(
        Kind.INTERACTION, id, "agent", null, text, metadata, null, null, List.of(), null);
  }

  static Draft passage(String version, String heading, String text) {
    Source source = new Source("src", "a.md", "A", version, 0, 1, 2, heading);
    return new Draft(
        Kind.PASSAGE, "src-0-1", null, null, text, Map.of(), null, null, List.of(), source);
  }
}
