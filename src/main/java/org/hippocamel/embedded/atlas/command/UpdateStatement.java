package org.hippocamel.embedded.atlas.command;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Filter;
import org.hippocamel.embedded.atlas.query.Refusal;
import org.hippocamel.embedded.atlas.query.TypeName;
import org.hippocamel.embedded.atlas.update.Update;

/** One of the {@code updates}: {@code {q, u, multi, upsert}}. */
record UpdateStatement(Filter filter, Update update, boolean multi, boolean upsert) {
  static UpdateStatement parse(BsonDocument raw) {
    // Updates change documents in place, and raw ones cannot be changed.
    BsonDocument statement =
        raw instanceof RawBsonDocument bytes ? bytes.decode(new BsonDocumentCodec()) : raw;
    Request.allow("update.updates", statement, "q", "u", "multi", "upsert");
    BsonValue update = statement.get("u");
    if (update == null) {
      throw Refusal.at(40414, "BSON field 'update.updates.u' is missing but a required field");
    }
    boolean multi = flag(statement, "multi");
    if (multi && update.isDocument() && !isOperators(update.asDocument())) {
      throw ErrorCode.FAILED_TO_PARSE.because(
          "multi update is not supported for replacement-style update");
    }
    return new UpdateStatement(
        filter("update.updates", statement),
        Update.parse(update),
        multi,
        flag(statement, "upsert"));
  }

  private static boolean isOperators(BsonDocument update) {
    return !update.isEmpty() && update.getFirstKey().startsWith("$");
  }

  static Filter filter(String place, BsonDocument statement) {
    BsonValue query = statement.get("q");
    if (query == null || !query.isDocument()) {
      throw ErrorCode.TYPE_MISMATCH.because(
          "BSON field '%s.q' is the wrong type '%s', expected type 'object'"
              .formatted(place, TypeName.of(query)));
    }
    return Filter.parse(query.asDocument());
  }

  static boolean flag(BsonDocument statement, String field) {
    BsonValue value = statement.get(field);
    return value != null
        && (value.isBoolean() ? value.asBoolean().getValue() : value.asNumber().intValue() != 0);
  }
}
