package org.hippocamel.embedded.atlas.aggregate;

import org.bson.BsonDocument;

/**
 * What flows between stages: a document, and the score that a search gave it.
 *
 * @param score null when the row does not come from a search
 */
public record Row(BsonDocument document, Score score) {
  /**
   * @param meta the name it is asked for by: vectorSearchScore or searchScore
   */
  public record Score(String meta, double value) {}

  Row with(BsonDocument other) {
    return new Row(other, score);
  }
}
