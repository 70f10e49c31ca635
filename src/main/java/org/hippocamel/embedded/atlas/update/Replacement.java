package org.hippocamel.embedded.atlas.update;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.hippocamel.embedded.atlas.query.ErrorCode;

/** A whole document in the place of another; the _id stays. */
record Replacement(BsonDocument document) implements Update {
  static Replacement of(BsonDocument document) {
    for (String field : document.keySet()) {
      if (field.startsWith("$")) {
        throw ErrorCode.DOLLAR_PREFIXED_FIELD_NAME.because(
            "The dollar ($) prefixed field '%s' in '%s' is not allowed in the context of an"
                    .formatted(field, field)
                + " update's replacement document. Consider using an aggregation pipeline with"
                + " $replaceWith.");
      }
    }
    return new Replacement(document);
  }

  @Override
  public BsonDocument apply(RawBsonDocument old) {
    return withIdOf(old);
  }

  @Override
  public BsonDocument insert(BsonDocument fromFilter) {
    return withIdOf(fromFilter);
  }

  private BsonDocument withIdOf(BsonDocument other) {
    if (document.containsKey("_id")) {
      Update.requireSameId(other.get("_id"), document);
      return document;
    }
    BsonDocument complete = new BsonDocument();
    if (other.containsKey("_id")) {
      complete.append("_id", other.get("_id"));
    }
    complete.putAll(document);
    return complete;
  }
}
