package org.hippocamel.embedded.atlas.command;

import org.bson.BsonValue;
import org.hippocamel.embedded.atlas.query.ErrorCode;

/** Every write here is acknowledged and committed, so 1 and "majority" are all there is. */
final class WriteConcern {
  private WriteConcern() {}

  static void check(BsonValue concern) {
    BsonValue w = concern == null || !concern.isDocument() ? null : concern.asDocument().get("w");
    if (w == null) {
      return;
    }
    boolean majority = w.isString() && w.asString().getValue().equals("majority");
    if (!majority && !(w.isNumber() && w.asNumber().intValue() == 1)) {
      throw ErrorCode.BAD_VALUE.because(
          "write concern w: " + w + " is not supported; use w: 1 or w: 'majority'");
    }
  }
}
