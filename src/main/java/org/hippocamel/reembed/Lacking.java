package org.hippocamel.reembed;

import java.util.List;
import org.bson.Document;
import org.hippocamel.spaces.Space;

/**
 * Conditions on rows by what they have in a space. No index answers them: they are asked within
 * ranges of {@code _id}, and over everything only a few times in a re-embedding.
 */
final class Lacking {
  private static final Document ABSENT = new Document("$exists", false);

  /** Field of {@link #told}. */
  static final String TOLD = "lacking";

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

  /** Projection: the id, and whether a row lacks a vector and is not refused one. */
  static Document told(Space space) {
    return new Document("_id", 1)
        .append(
            TOLD, new Document("$and", List.of(missing(space.path()), missing(refusal(space)))));
  }

  private static Document missing(String path) {
    return new Document("$eq", List.of(new Document("$type", "$" + path), "missing"));
  }
}
