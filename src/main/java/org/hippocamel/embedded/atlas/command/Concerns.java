package org.hippocamel.embedded.atlas.command;

import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;

/**
 * Write and read concern. Every write here is acknowledged and committed, and every read sees it,
 * so that only concerns that ask for no more and no less are taken.
 */
final class Concerns {
  private static final Set<String> READ_LEVELS = Set.of("local", "available", "majority");

  private Concerns() {}

  static void check(BsonDocument command) {
    checkWrite(field(command, "writeConcern", "w"));
    checkRead(field(command, "readConcern", "level"));
  }

  private static BsonValue field(BsonDocument command, String concern, String field) {
    BsonValue value = command.get(concern);
    return value == null || !value.isDocument() ? null : value.asDocument().get(field);
  }

  private static void checkWrite(BsonValue w) {
    boolean majority = w != null && w.isString() && w.asString().getValue().equals("majority");
    if (w != null && !majority && !(w.isNumber() && w.asNumber().doubleValue() == 1)) {
      throw ErrorCode.BAD_VALUE.because(
          "write concern w: " + w + " is not supported; use w: 1 or w: 'majority'");
    }
  }

  private static void checkRead(BsonValue level) {
    if (level != null && !(level.isString() && READ_LEVELS.contains(level.asString().getValue()))) {
      throw ErrorCode.INVALID_OPTIONS.because(
          "read concern level " + level + " is not supported; use local or majority");
    }
  }
}
