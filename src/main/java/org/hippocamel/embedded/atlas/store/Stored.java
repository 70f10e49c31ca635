package org.hippocamel.embedded.atlas.store;

import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/**
 * A document and its place.
 *
 * @param record its number in the collection, in order of insertion
 */
public record Stored(long record, RawBsonDocument document) {
  public BsonValue id() {
    return document.get("_id");
  }
}
