package org.hippocamel.reembed;

import org.bson.Document;
import org.hippocamel.spaces.Space;

/**
 * Conditions on rows by what they have in a space. No index answers them: they are asked within
 * ranges of {@code _id}, and over everything only a few times in a re-embedding.
 */
final class Lacking {
  private static final Document ABSENT = new Document("$exists", false);

  private Lacking() {}

  /** No vector in the space, and no refusal of one. */
  static Document add(Document condition, Space space) {
    return condition.append(space.path(), ABSENT).append(refusal(space), ABSENT);
  }

  /** Mark of a row whose text the space's embedder refuses; gone with the next write. */
  static String refusal(Space space) {
    return "refused." + space.id();
  }

  static Document present(String path) {
    return new Document(path, new Document("$exists", true));
  }
}
