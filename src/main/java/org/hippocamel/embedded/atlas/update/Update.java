package org.hippocamel.embedded.atlas.update;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.hippocamel.embedded.atlas.query.BsonComparator;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.TypeName;

/** What an update does to a document: replaces it, or changes some of its fields. */
public sealed interface Update permits Replacement, OperatorUpdate {
  /** Reads the {@code u} of an update statement. */
  static Update parse(BsonValue update) {
    if (update.isArray()) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "updates given as an aggregation pipeline are not supported; use update operators");
    }
    if (!update.isDocument()) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "Update argument must be either an object or an array, not " + TypeName.of(update));
    }
    BsonDocument document = update.asDocument();
    boolean operators = !document.isEmpty() && document.getFirstKey().startsWith("$");
    return operators ? OperatorUpdate.parse(document) : Replacement.of(document);
  }

  /** The changed document. */
  BsonDocument apply(RawBsonDocument document);

  /** The document that an upsert inserts; the values that its filter asks for become part of it. */
  BsonDocument insert(BsonDocument fromFilter);

  /** The _id of a stored document never changes. */
  static void requireSameId(BsonValue id, BsonDocument after) {
    BsonValue other = after.get("_id");
    if (id != null && (other == null || !BsonComparator.equal(id, other))) {
      throw ErrorCode.IMMUTABLE_FIELD.because(
          "Performing an update on the path '_id' would modify the immutable field '_id'");
    }
  }
}
