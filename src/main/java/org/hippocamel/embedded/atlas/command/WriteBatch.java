package org.hippocamel.embedded.atlas.command;

import java.util.List;
import java.util.function.Consumer;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;
import org.hippocamel.embedded.atlas.query.Refusal;

/**
 * The statements of a write command: each stands alone, and what one of them is refused for is
 * reported with its position. An ordered batch ends at the first refusal.
 */
final class WriteBatch {
  static final int MAX_STATEMENTS = 100_000;

  private final boolean ordered;
  private final BsonArray errors = new BsonArray();
  private final BsonArray upserted = new BsonArray();
  private int index;
  private int matched;

  WriteBatch(boolean ordered) {
    this.ordered = ordered;
  }

  void run(List<BsonDocument> statements, Consumer<BsonDocument> statement) {
    if (statements.isEmpty() || statements.size() > MAX_STATEMENTS) {
      throw ErrorCode.BAD_VALUE.because(
          "Write batch sizes must be between 1 and %d. Got %d operations."
              .formatted(MAX_STATEMENTS, statements.size()));
    }
    for (index = 0; index < statements.size(); index++) {
      try {
        statement.accept(statements.get(index));
      } catch (Refusal refusal) {
        errors.add(error(refusal));
        if (ordered) {
          return;
        }
      }
    }
  }

  private BsonDocument error(Refusal refusal) {
    BsonDocument error =
        new BsonDocument("index", new BsonInt32(index))
            .append("code", new BsonInt32(refusal.code()))
            .append("errmsg", new BsonString(refusal.getMessage()));
    error.putAll(refusal.details());
    return error;
  }

  void matched(int more) {
    matched += more;
  }

  void upserted(BsonValue id) {
    matched++;
    upserted.add(new BsonDocument("index", new BsonInt32(index)).append("_id", id));
  }

  BsonDocument reply() {
    BsonDocument reply = new BsonDocument("n", new BsonInt32(matched));
    if (!upserted.isEmpty()) {
      reply.append("upserted", upserted);
    }
    if (!errors.isEmpty()) {
      reply.append("writeErrors", errors);
    }
    return reply;
  }
}
